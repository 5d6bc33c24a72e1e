"""What stands in a cell for a stored value: the reverse of reading it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jobs.ledgers import Ledger, registered
from jobs.workbook.cells.texts import YES
from jobs.workbook.columns import Column, Kind

Written = str | int | Decimal | date | None


def written(ledger: Ledger, column: Column, row: Any) -> Written:
    """The value of a column as its cell holds it; None for an empty cell."""
    value = value_of(column, row)
    if value is None or value == "":
        return None
    if column.sheets:
        return code_of(referred(column, row), value)
    return _plain(column, value)


def value_of(column: Column, row: Any) -> Any:
    """The field's value; areas as a list by code."""
    value = getattr(row, column.field)
    if column.kind is Kind.AREAS:
        return sorted(value.all(), key=lambda area: area.code)
    return value


def referred(column: Column, row: Any) -> Ledger:
    """The ledger of the row that a reference means."""
    sheet = column.one_of.get(getattr(row, column.refers_by), "") if column.refers_by else ""
    return registered()[sheet or column.refers_to]


def code_of(ledger: Ledger, value: Any) -> str:
    """How a reference is written: the code of the row, or the code that is stored already."""
    return value if isinstance(value, str) else str(getattr(value, ledger.key[0]))


def _plain(column: Column, value: Any) -> Written:
    if column.kind is Kind.CHOICE:
        return word_of(column.choices, value)
    if column.kind is Kind.YES_NO:
        return word_of(YES, value)
    if column.kind is Kind.AREA:
        return str(value.code)
    if column.kind is Kind.AREAS:
        return ";".join(area.code for area in value) or None
    if column.kind is Kind.ORGANISATION:
        return str(value.name)
    plain: Written = value
    return plain


def word_of(words: Mapping[str, Any], value: Any) -> str:
    """The word that is read as the value."""
    return next(word for word, meant in words.items() if meant == value)


def as_text(cell: Written) -> str:
    """The cell as somebody would type it."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
