"""A table of plain text: cells parted by commas, in UTF-8 or GB18030, read within limits."""

import csv
from collections.abc import Iterator
from io import StringIO

from jobs.workbook.child import MAX_TEXT
from jobs.workbook.reader import Raw, Sheet
from jobs.workbook.refusal import Reason, Refused
from jobs.workbook.scan import MAX_COLUMNS, MAX_ROWS

UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_plain(content: bytes, name: str) -> Sheet:
    """The table as a sheet of that name; raises `Refused`."""
    rows = [*_rows(_decoded(content))]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Sheet(name, rows, frozenset(), frozenset(), [])


def _decoded(content: bytes) -> str:
    """What Excel and WPS write: UTF-8 with its mark, or the system's own encoding."""
    if content.startswith(UTF_16):
        raise Refused(Reason.ENCODING)
    if b"\0" in content:
        raise Refused(Reason.NOT_A_WORKBOOK)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Reason.ENCODING)


def _rows(text: str) -> Iterator[list[Raw]]:
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), strict=True)):
            if number > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise Refused(Reason.TOO_LARGE_SHEET)
            yield [cell[:MAX_TEXT] or None for cell in row]
    except csv.Error as broken:
        raise Refused(Reason.BROKEN) from broken
