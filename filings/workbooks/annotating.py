"""The sheet that was sent in, given back with what is wrong beside each row."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from filings.models import RecordWorkbook
from filings.workbooks.columns import SHEET, Head
from filings.workbooks.reading import month_in, read_rows
from filings.workbooks.showing import parts
from jobs.imports.export import write_cell
from jobs.imports.heads import bare
from jobs.imports.template import CREATED, SAFE
from jobs.workbook.reader import Raw, Sheet
from tenancy.models import User

WIDTH, WIDE = 14, 70
Remarks = dict[int, list[str]]


def annotated(sheet: Sheet, workbook: RecordWorkbook, user: User) -> bytes:
    """All rows as they were sent, and a column of faults, or of what the page would still tell."""
    rows, remarks = _without_remarks(sheet.rows), _remarks(sheet, workbook, user)
    width = max(map(len, rows), default=0)
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        page, bold = book.add_worksheet(SHEET), book.add_format({"bold": True})
        bad = book.add_format({"bg_color": "#F8D7DA", "text_wrap": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.freeze_panes(1, 2)
        page.set_column(0, max(width - 1, 0), WIDTH)
        page.set_column(width, width, WIDE)
        for number, row in enumerate(rows):
            _write(page, number, row, day)
            if number + 1 in remarks:
                page.write_string(number, width, "\n".join(remarks[number + 1]), bad)
        page.write_string(0, width, Head.FAULTS, bold)
        page.autofilter(0, 0, max(len(rows) - 1, 1), width)
    return buffer.getvalue()


def _write(page: Any, number: int, row: Sequence[Raw], day: Any) -> None:
    for index, value in enumerate(row):
        plain = str(value) if isinstance(value, bool) else value
        write_cell(page, (number, index), plain, day)


def _without_remarks(rows: list[list[Raw]]) -> list[list[Raw]]:
    """A sheet that had been given back before has such a column already."""
    heads = [bare(raw) for raw in rows[0]] if rows else []
    old = {index for index, head in enumerate(heads) if head == Head.FAULTS}
    return [[cell for index, cell in enumerate(row) if index not in old] for row in rows]


def _remarks(sheet: Sheet, workbook: RecordWorkbook, user: User) -> Remarks:
    found: Remarks = defaultdict(list)
    for fault in [*workbook.errors, *workbook.warnings]:
        place = f"{fault['column']}：" if fault["column"] else ""
        found[max(fault["row"], 2)].append(f"{place}{fault['message']}{fault['remedy']}")
    for row, message in _of_records(sheet, workbook, user):
        found[row].append(message)
    return found


def _of_records(sheet: Sheet, workbook: RecordWorkbook, user: User) -> Iterator[tuple[int, str]]:
    """What the page would still tell of the records, at the rows of the cells."""
    rows = {
        (line.text(Head.STATION), month_in(line.cells[Head.MONTH]), line.text(Head.CODE)): line
        for line in read_rows(sheet).lines
    }
    for part in parts(user, workbook.changes):
        for _name, one in [*part.hard, *part.unexplained]:
            line = rows.get((part.record.station.code, part.record.month, one.cell))
            if line:
                yield line.number, one.message
