"""A city workbook written from rows; the heads are those of the registered ledgers."""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from jobs.ledgers import registered

Cell = str | int | float | date | None
WRITTEN = datetime(2026, 1, 1)  # a fixed date: equal rows give equal bytes


class CityBook:
    """Rows of all sheets by the heads of their columns."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Cell]]] = defaultdict(list)

    def add(self, sheet: str, **cells: Cell) -> None:
        self.rows[sheet].append(cells)

    def write(self, file: Path) -> Path:
        """The workbook as a file; the folder is made if need be."""
        file.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(file) as book:
            book.set_properties({"created": WRITTEN})
            dates = book.add_format({"num_format": "yyyy-mm-dd"})
            for sheet, ledger in registered().items():
                columns = [(column.head, column.required) for column in ledger.columns]
                _write_sheet(book.add_worksheet(sheet), columns, self.rows[sheet], dates)
        return file


def _write_sheet(
    sheet: "xlsxwriter.worksheet.Worksheet",
    columns: list[tuple[str, bool]],
    rows: list[dict[str, Cell]],
    dates: "xlsxwriter.format.Format",
) -> None:
    heads = [f"{head}*" if required else head for head, required in columns]
    sheet.write_row(0, 0, heads)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for position, (head, _required) in enumerate(columns):
            _write_cell(sheet, (number, position), row.get(head), dates)


def _write_cell(
    sheet: "xlsxwriter.worksheet.Worksheet",
    place: tuple[int, int],
    cell: Cell,
    dates: "xlsxwriter.format.Format",
) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, dates)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell)
    elif cell is not None:
        sheet.write_number(*place, cell)
