"""A list as a workbook: exactly what the page shows, and on a second sheet what it is of."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from jobs.desk.cells import Cell
from jobs.imports.sheets import WIDTH, Sheet, as_bytes

ABOUT_WIDTH = 40


def as_workbook(
    title: str, heads: list[str], rows: Iterable[list[Cell]], about: Iterable[tuple[str, str]]
) -> bytes:
    """The rows as they are listed, then what was asked for."""
    listed = Sheet(title, heads, ([cell.plain for cell in cells] for cells in rows))
    return as_bytes([listed, Sheet(_("说明"), [], about, [WIDTH, ABOUT_WIDTH])])
