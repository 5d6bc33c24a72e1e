"""The city workbook filled with what is stored: imported again, it changes nothing."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from jobs.imports.template import CREATED, SAFE, Sheets
from jobs.imports.written import Written, written
from jobs.ledgers import Kind, Ledger, registered
from tenancy import audit
from tenancy.models import User

MOST_ROWS = 1_048_575


class TooManyRows(Exception):
    """A sheet of Excel does not hold so many rows."""


def export_city(*, by: User) -> tuple[bytes, dict[str, int]]:
    """All ledgers that the person sees, identity numbers in full, and how many rows each has.

    The same data give the same bytes. Raises `TooManyRows`.
    """
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheets = Sheets(book)
        sheets.guide(list(registered().values()))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        counts = {
            ledger.sheet: _fill(sheets.ledger(ledger), ledger, by, day)
            for ledger in registered().values()
        }
    audit.record(verb="export-city", by=by, detail={"rows": counts})
    return buffer.getvalue(), counts


def _fill(sheet: Any, ledger: Ledger, by: User, day: Any) -> int:
    rows = _rows(ledger, by)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(ledger.sheet)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(ledger.columns):
            write_cell(sheet, (number, index), written(ledger, column, row), day)
    return len(rows)


def _rows(ledger: Ledger, by: User) -> list[Any]:
    scoped: Any = ledger.model._default_manager
    many = [column.field for column in ledger.columns if column.kind is Kind.AREAS]
    rows = scoped.visible_to(by).select_related(*ledger.joined).prefetch_related(*many)
    others = [lookup for lookup in ledger.unread if "__" in lookup]
    return list(rows.defer(*others).order_by(*ledger.order, "pk"))


def write_cell(sheet: Any, at: tuple[int, int], value: Written, day: Any) -> None:
    """Text is written as text, whatever it begins with."""
    if isinstance(value, str):
        sheet.write_string(*at, value)
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime.combine(value, time()), day)
    elif value is not None:
        sheet.write_number(*at, value)
