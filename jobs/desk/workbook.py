"""A list as a workbook: exactly what the page shows, and on a second sheet what it is of."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from jobs.desk.cells import Cell
from jobs.imports.export import write_cell
from jobs.imports.template import CREATED, SAFE

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH, ABOUT_WIDTH = 18, 40


def as_workbook(
    title: str, heads: list[str], rows: Iterable[list[Cell]], about: Iterable[tuple[str, str]]
) -> bytes:
    """Text stays text, numbers and dates are such; never a formula."""
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        _fill(book, title, heads, rows)
        _tell(book, about)
    return buffer.getvalue()


def _fill(book: Any, title: str, heads: list[str], rows: Iterable[list[Cell]]) -> None:
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(heads) - 1, WIDTH)
    for index, head in enumerate(heads):
        sheet.write_string(0, index, head, bold)
    for number, cells in enumerate(rows, start=1):
        for index, cell in enumerate(cells):
            write_cell(sheet, (number, index), cell.plain, day)


def _tell(book: Any, about: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("说明"))
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, ABOUT_WIDTH)
    for number, (label, text) in enumerate(about):
        sheet.write_string(number, 0, label)
        sheet.write_string(number, 1, text)
