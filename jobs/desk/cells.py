"""Rows of a ledger as somebody may read them: in words, people's names masked where due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from jobs.desk.listing import visible
from jobs.imports.written import Written, code_of, referred, value_of
from jobs.ledgers import Column, Kind, Ledger, registered, translated
from tenancy import formats
from tenancy.identity import mask_identity, mask_name
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.reading import is_english

NUMBERS = (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER, Kind.SHARE)
CODES = (Kind.CODE, Kind.AREA)
LONG = (Kind.AREA, Kind.AREAS, Kind.ORGANISATION)
# Half a line of a phone 390 wide, and half a sign of a label and of a value, in pixels.
ROOM, OF_LABEL, OF_VALUE = 154, 6, 7


@dataclass(frozen=True)
class Cell:
    """A value in words; `name` is what a code stands for, `plain` the value without spelling."""

    label: str
    text: str
    unit: str = ""
    name: str = ""
    plain: Written = None
    number: bool = False
    code: bool = False
    full: bool = False
    wide: bool = False


class Reader:
    """Somebody before some rows of a ledger; what they may write they read in full."""

    def __init__(self, ledger: Ledger, user: User, rows: Iterable[Any]) -> None:
        self.ledger = ledger
        keys = [row.pk for row in rows]
        self.writable = self._within(user, ledger.verb, keys)
        kept = [self._within(user, one.verb, keys) for one in ledger.reserved.values()]
        self._unmasked = self.writable.union(*kept)

    def _within(self, user: User, verb: Permission, keys: list[Any]) -> set[Any]:
        inside = visible(self.ledger, user, verb).filter(pk__in=keys)
        return set(inside.values_list("pk", flat=True))

    def cells(self, row: Any, columns: Iterable[Column]) -> list[Cell]:
        return [self.cell(row, column) for column in columns]

    def cell(self, row: Any, column: Column) -> Cell:
        """One value; `—` where there is none."""
        text, name = self._said(row, column)
        label = head_of(column)
        return Cell(
            label=label,
            text=text or formats.NO_DATA,
            unit=unit_of(column),
            name=name,
            plain=_plain(column, row, text, name),
            number=column.kind in NUMBERS,
            code=column.kind in CODES,
            full=_is_long(column) or _is_wide(label, text),
            wide=column.field in self.ledger.wide,
        )

    def title(self, row: Any) -> str:
        """What the row is called: its key, and the name behind it."""
        cells = self.cells(row, [self.ledger.column_of(field) for field in self.ledger.key])
        parts = [f"{cell.text} {cell.name}".strip() for cell in cells]
        name = self._name(row, self.ledger, row) if self.ledger.label else ""
        return " · ".join(filter(None, [name, *parts]))

    def _said(self, row: Any, column: Column) -> tuple[str, str]:
        value = value_of(column, row)
        if value is None or value == "" or value == []:
            return "", ""
        if column.sheets:
            ledger = referred(column, row)
            named = self._name(row, ledger, value) if ledger.label else ""
            return code_of(ledger, value), named
        if column.kind is Kind.AREA:
            return value.code, value.name
        if column.field == self.ledger.label:
            return self._name(row, self.ledger, row), ""
        return spelled(column, value), ""

    def _name(self, row: Any, ledger: Ledger, one: Any) -> str:
        name = getattr(one, ledger.label, "")
        return mask_name(name) if ledger.personal and row.pk not in self._unmasked else name


def head_of(column: Column) -> str:
    """The head of a column in the language of the page."""
    return translated(column.head)


def unit_of(column: Column) -> str:
    return _("元") if column.kind is Kind.MONEY else ""


def _is_long(column: Column) -> bool:
    """Whether a phone gives it a line of its own: bodies, and what has a name behind its code."""
    by_name = column.kind is Kind.TEXT and bool(column.sheets)
    named = any(registered()[sheet].label for sheet in column.sheets)
    return column.kind in LONG or by_name or named


def _is_wide(label: str, text: str) -> bool:
    """Whether label and value would break in half a line."""
    return _halves(label) * OF_LABEL + _halves(text) * OF_VALUE > ROOM


def _halves(text: str) -> int:
    """Its width, counted in Latin letters: a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def columns_of(ledger: Ledger) -> list[Column]:
    """The columns of a list."""
    return [ledger.column_of(field) for field in ledger.shown]


def spelled(column: Column, value: Any) -> str:
    """A value as pages write it."""
    if column.kind is Kind.CHOICE:
        return label_of(column, value)
    if column.kind is Kind.YES_NO:
        return _("是") if value else _("否")
    if column.kind is Kind.AREAS:
        return "、".join(f"{area.name}（{area.code}）" for area in value)
    if column.kind is Kind.IDENTITY:
        return mask_identity(value)
    return _measured(column, value)


def label_of(column: Column, value: Any) -> str:
    """A choice in the language of the page."""
    member = next(member for member in column.choices.values() if member == value)
    return str(member.label)


def _measured(column: Column, value: Any) -> str:
    if column.kind is Kind.DATE:
        return formats.ddate(value, english=is_english())
    if column.kind is Kind.MONEY:
        return formats.yuan(value)
    return formats.num(value) if isinstance(value, int | Decimal) else str(value)


def _plain(column: Column, row: Any, text: str, name: str) -> Written:
    """For a workbook: numbers and dates as such, all else as the page says it."""
    if column.kind in NUMBERS or column.kind is Kind.DATE:
        return getattr(row, column.field)  # type: ignore[no-any-return]
    return f"{text} {name}".strip() or None


def heads(columns: Iterable[Column], wide: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What `_components/ledger_head.html` needs."""
    for column in columns:
        number = column.kind in NUMBERS
        yield {
            "label": head_of(column),
            "unit": unit_of(column),
            "number": number,
            "wide": column.field in wide,
        }
