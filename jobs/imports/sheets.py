"""Plain sheets of rows as a workbook: the same rows give the same bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from jobs.imports.export import write_cell
from jobs.imports.template import CREATED, SAFE
from jobs.imports.written import Written

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18


@dataclass(frozen=True)
class Sheet:
    """Rows under their heads; without heads the rows tell of the workbook itself."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Written]]
    widths: Sequence[int] = ()


def as_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Text stays text, numbers and dates are such; never a formula."""
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.title), sheet, bold, day)
    return buffer.getvalue()


def _fill(page: Any, sheet: Sheet, bold: Any, day: Any) -> None:
    for index, width in enumerate(sheet.widths or [WIDTH] * len(sheet.heads)):
        page.set_column(index, index, width)
    if sheet.heads:
        page.freeze_panes(1, 1)
        for index, head in enumerate(sheet.heads):
            page.write_string(0, index, head, bold)
    for number, cells in enumerate(sheet.rows, start=bool(sheet.heads)):
        for index, cell in enumerate(cells):
            write_cell(page, (number, index), cell, day)
