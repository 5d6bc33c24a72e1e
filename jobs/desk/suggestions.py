"""What a field of a row offers to choose from, where that is short enough to be of use."""

from typing import Any

from django.utils import timezone

from jobs.desk.listing import rows_for, visible
from jobs.ledgers import Column, Kind, Ledger, registered
from tenancy.identity import mask_name
from tenancy.models import Area, User

MOST = 200
Suggestions = list[tuple[str, str]]


def suggestions(ledger: Ledger, column: Column, user: User) -> Suggestions:
    """(code, name) of what the field may mean; nothing where there is too much."""
    if column.sheets:
        return _short([pair for sheet in column.sheets for pair in _codes(sheet, user)])
    if column.kind in (Kind.AREA, Kind.AREAS):
        return _short(_areas(ledger, column, user))
    if column.kind is Kind.ORGANISATION:
        return _short(_organisations(ledger, column, user))
    return []


def _short(found: Suggestions) -> Suggestions:
    return found if len(found) <= MOST else []


def _codes(sheet: str, user: User) -> Suggestions:
    ledger = registered()[sheet]
    rows = rows_for(ledger, user)[: MOST + 1]
    return [(getattr(row, ledger.key[0]), _name(ledger, row)) for row in rows]


def _name(ledger: Ledger, row: Any) -> str:
    name = getattr(row, ledger.label) if ledger.label else ""
    return mask_name(name) if ledger.personal else name


def _areas(ledger: Ledger, column: Column, user: User) -> Suggestions:
    rows = Area.objects.visible_to(user, ledger.verb).in_force(timezone.localdate())
    wanted = rows.filter(level=column.area_level).order_by("code")
    return list(wanted.values_list("code", "name")[: MOST + 1])


def _organisations(ledger: Ledger, column: Column, user: User) -> Suggestions:
    """Those that rows within reach name already."""
    name = f"{column.field}__name"
    rows = visible(ledger, user).filter(**{f"{column.field}__isnull": False}).order_by(name)
    return [(found, "") for found in rows.values_list(name, flat=True).distinct()[: MOST + 1]]
