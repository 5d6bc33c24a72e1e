"""Rows of a ledger as a table of a page, and the tables of what refers to a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from jobs.desk.cells import Cell, Reader, columns_of, heads
from jobs.desk.listing import rows_for, visible
from jobs.imports.written import code_of, referred
from jobs.ledgers import Column, Kind, Ledger, page_of, registered
from tenancy.models import Area, User

MOST = 50
ACTIONS = {"label": gettext_lazy("操作"), "number": True}


@dataclass(frozen=True)
class ShownRow:
    """A line of the table; `edit` is the address for those who may write the row."""

    url: str
    cells: list[Cell]
    edit: str


@dataclass(frozen=True)
class Table:
    """What `ledgers/_rows.html` shows; `more` leads to the list where it is cut."""

    caption: str
    columns: list[dict[str, Any]]
    rows: list[ShownRow]
    more: str = ""

    @property
    def has_actions(self) -> bool:
        return any(row.edit for row in self.rows)

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The heads of the columns, and of what may be done with a row."""
        return [*self.columns, *([ACTIONS] if self.has_actions else [])]


def table(
    ledger: Ledger, user: User, rows: Iterable[Any], columns: list[Column], more: str = ""
) -> Table:
    """The rows as the person may read them."""
    rows = list(rows)
    reader = Reader(ledger, user, rows)
    shown = [_shown(reader, row, columns) for row in rows]
    return Table(str(ledger.title), list(heads(columns, ledger.wide)), shown, more)


def _shown(reader: Reader, row: Any, columns: list[Column]) -> ShownRow:
    edit = address_of(reader.ledger, row, "edit") if row.pk in reader.writable else ""
    return ShownRow(address_of(reader.ledger, row), reader.cells(row, columns), edit)


def address_of(ledger: Ledger, row: Any, page: str = "detail") -> str:
    return reverse(f"ledgers:row-{page}", args=[ledger.slug, row.pk])


def best_page(ledger: Ledger, row: Any) -> str:
    """Where a row is shown best: on a page of its own, else in its ledger."""
    return page_of(ledger, row) or address_of(ledger, row)


def referring(ledger: Ledger, user: User, row: Any, code: str) -> list[Table]:
    """What other ledgers say of the row, as far as the person sees it."""
    return [
        found
        for other in registered().values()
        if ledger.sheet in other.refers_to() and other.view_verb in user.verbs
        if (found := _of(other, ledger, user, row, code)).rows
    ]


def _of(other: Ledger, ledger: Ledger, user: User, row: Any, code: str) -> Table:
    pointing = rows_for(other, user).filter(other.pointing_at(ledger.sheet, row))
    rows = list(pointing[: MOST + 1])
    more = f"{reverse('ledgers:row-list', args=[other.slug])}?q={code}" if len(rows) > MOST else ""
    pointers = [column for column in other.columns if ledger.sheet in column.sheets]
    known = {name for column in pointers for name in (column.field, column.refers_by)}
    columns = [column for column in columns_of(other) if column.field not in known]
    return table(other, user, rows[:MOST], columns, more)


@dataclass(frozen=True)
class Entry:
    """A value of a row with the page of what it refers to."""

    cell: Cell
    url: str


def entries(ledger: Ledger, user: User, row: Any, reader: Reader) -> list[Entry]:
    """All columns of a row, linked where the person sees what they mean."""
    return [
        Entry(reader.cell(row, column), _target(column, row, user)) for column in ledger.columns
    ]


def _target(column: Column, row: Any, user: User) -> str:
    value = getattr(row, column.field) if column.sheets or column.kind is Kind.AREA else None
    if not value:
        return ""
    if column.kind is Kind.AREA:
        seen = Area.objects.visible_to(user).filter(pk=value.pk).exists()
        return value.get_absolute_url() if seen else ""
    return _reference(column, row, value, user)


def _reference(column: Column, row: Any, value: Any, user: User) -> str:
    ledger = referred(column, row)
    code = {ledger.key[0]: code_of(ledger, value)}
    found = visible(ledger, user).filter(**code).first()
    return best_page(ledger, found) if found else ""
