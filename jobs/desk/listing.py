"""The rows of a ledger that a list shows: within reach, narrowed, in order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from jobs.ledgers import Kind, Ledger
from tenancy.models import Area, User
from tenancy.permissions import Permission


@dataclass(frozen=True)
class Wanted:
    """What narrows a list."""

    area: Area | None = None
    words: str = ""
    on: date | None = None
    only: str = ""


def visible(ledger: Ledger, user: User, verb: Permission | None = None) -> Any:
    """The rows at which somebody holds the verb (default: to view)."""
    scoped: Any = ledger.model._default_manager
    return scoped.visible_to(user, verb)


def rows_for(ledger: Ledger, user: User, wanted: Wanted = Wanted()) -> Any:
    """What somebody may see of a ledger, with all that a list shows of it."""
    rows = visible(ledger, user)
    if wanted.area:
        rows = rows.below(wanted.area.path)
    if wanted.words:
        rows = rows.filter(_mentions(ledger, user, wanted.words))
    if wanted.on:
        rows = ledger.in_force(rows, wanted.on)
    if wanted.only:
        rows = ledger.narrowings[wanted.only].rows(rows, timezone.localdate())
    return with_references(ledger, rows)


def with_references(ledger: Ledger, rows: Any) -> Any:
    """The rows in order with what they refer to; identity numbers stay unread."""
    many = [column.field for column in ledger.columns if column.kind is Kind.AREAS]
    rows = rows.select_related(*ledger.joined).prefetch_related(*many)
    return rows.defer(*ledger.unread).order_by(*ledger.order, "pk")


def _mentions(ledger: Ledger, user: User, words: str) -> Q:
    """Names of people are searched by those only who may read them in full."""
    found = _any(ledger.words, words)
    if ledger.names:
        in_full = Q(pk__in=visible(ledger, user, ledger.verb).values("pk"))
        found |= _any(ledger.names, words) & in_full
    return found


def _any(lookups: tuple[str, ...], words: str) -> Q:
    found = Q(pk__in=[])
    for lookup in lookups:
        found |= Q(**{f"{lookup}__icontains": words})
    return found
