"""Acts in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboard.acts.things import (
    ACCOUNT,
    ACCOUNTS,
    NUMBER,
    Called,
    acts_url,
    codes,
    name_of,
    things,
)
from dashboard.acts.words import DETAILS, verb_words
from jobs.desk.cells import head_of
from jobs.ledgers import registered
from staffing.models import Certificate
from tenancy.identity import mask_identity
from tenancy.models import Area, AuditEvent, User
from tenancy.permissions import Permission, Role

# A reason that somebody typed may hold an identity number or a telephone number.
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|1\d{10})(?![0-9A-Za-z])")
MEMBERS = {"role": Role, "verification": Certificate.Verification}


@dataclass(frozen=True)
class Line:
    """One act as a row of the list; `about` leads to all acts on the same object."""

    event: AuditEvent
    who: str
    verb: str
    thing: str
    code: str
    place: str
    about: str
    details: list[tuple[str, str]]

    @property
    def summary(self) -> str:
        return _("；").join(f"{label}{_('：')}{text}" for label, text in self.details)

    @property
    def at(self) -> str:
        """To the second: two acts in one minute have an order."""
        return f"{timezone.localtime(self.event.at):%Y-%m-%d %H:%M:%S}"


def lines(user: User, events: Iterable[AuditEvent]) -> list[Line]:
    """A few queries for all: one for the places, one for each kind of object."""
    events = list(events)
    verbs, called, names = verb_words(), codes(user, events), _places(user, events)
    known = {thing.label: thing for thing in things()}
    shown = []
    for event in events:
        key, thing = event.target_id, known.get(event.target)
        shown.append(
            Line(
                event=event,
                who=who(event.actor),
                verb=verbs.get(event.verb, event.verb),
                thing=name_of(event.target) if event.target else "",
                code=called.get((event.target, key), f"{NUMBER}{key}") if key is not None else "",
                place=names.get(event.place, ""),
                about=acts_url(thing.slug, key) if thing and key is not None else "",
                details=details(event, called),
            )
        )
    return shown


def who(actor: User) -> str:
    """The name of an account; commands and the clock act as the system."""
    return _("系统") if actor.is_system else actor.name


def _places(user: User, events: Iterable[AuditEvent]) -> dict[str, str]:
    paths = {event.place for event in events if event.place}
    rows = Area.objects.visible_to(user, Permission.VIEW_AUDIT).filter(path__in=paths)
    return dict(rows.values_list("path", "name"))


def details(event: AuditEvent, called: Called) -> list[tuple[str, str]]:
    """What the act says of itself, as (label, text)."""
    return [
        (str(DETAILS.get(name, name)), _text(event, name, value, called))
        for name, value in sorted(event.detail.items())
        if value not in (None, "", [], {})
    ]


def _text(event: AuditEvent, name: str, value: Any, called: Called) -> str:
    if name == ACCOUNT and isinstance(value, int):
        return called.get((ACCOUNTS, value), f"{NUMBER}{value}")
    if name == "fields":
        return _("、").join(_field(event.target, str(field)) for field in value)
    if name in MEMBERS and value in MEMBERS[name].values:
        return str(MEMBERS[name](value).label)
    return LONG_NUMBER.sub(lambda found: mask_identity(found[0]), _spelled(value))


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        said = {DETAILS.get(key, key): one for key, one in value.items() if one}
        return _("，").join(f"{key} {_spelled(one)}" for key, one in said.items())
    if isinstance(value, list):
        return _("、").join(map(_spelled, value))
    return str(value)


def _field(target: str, field: str) -> str:
    """A field as the page of its row calls it."""
    for ledger in registered().values():
        if ledger.model._meta.label_lower == target:
            found = [column for column in ledger.columns if column.field == field]
            return head_of(found[0]) if found else field
    try:
        return str(apps.get_model(target)._meta.get_field(field).verbose_name)
    except (FieldDoesNotExist, AttributeError, LookupError, ValueError):
        return field
