"""Workbooks of Excel 97 to 2003 (.xls): what may not be read, and what the fast reader hides."""

from collections.abc import Iterator
from struct import error as cut_short
from struct import unpack_from

from jobs.workbook.compound import Compound
from jobs.workbook.refusal import Reason, Refused
from jobs.workbook.scan import MAX_COLUMNS, MAX_REMARKS, MAX_ROWS, Position, Remarks

BEGIN, END = 0x0809, 0x000A
VERSION_97 = 0x0600
PASSWORD, EPOCH, PROJECT, SHEET = 0x002F, 0x0022, 0x00D3, 0x0085
FORMULA, TRUTH_OR_ERROR, MERGED = 0x0006, 0x0205, 0x00E5
# Numbers, texts, truth values and formulas; each begins with its row and column.
CELLS = frozenset({FORMULA, TRUTH_OR_ERROR, 0x0203, 0x027E, 0x00BD, 0x0204, 0x00D6, 0x00FD})
WORKSHEET, MACROS = 0, frozenset({1, 6})
MACRO_FOLDERS = ("_vba_project_cur", "vba")

Record = tuple[int, bytes]


def scan_old(content: bytes, wanted: list[str]) -> dict[str, Remarks | None]:
    """All sheets by name, those called for with their remarks; raises `Refused`."""
    document = Compound(content)
    names = {entry.name.lower() for entry in document.entries}
    if names & {*MACRO_FOLDERS}:
        raise Refused(Reason.MACRO)
    stream = document.stream("Workbook")
    if stream is None:
        raise Refused(Reason.OLD_FORMAT if "book" in names else Reason.NOT_A_WORKBOOK)
    try:
        return {
            name: _scan(stream, place) if name.strip() in wanted else None
            for name, place in _sheets(stream).items()
        }
    except (cut_short, IndexError) as broken:
        raise Refused(Reason.BROKEN) from broken


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """From a beginning to its end; what is embedded (charts) is passed over."""
    depth = 0
    while at < len(stream):
        kind, length = unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == BEGIN) - (kind == END)
        if depth == 1:
            yield kind, body
        elif not depth:
            return
    raise Refused(Reason.BROKEN)


def _sheets(stream: bytes) -> dict[str, int]:
    """Where each sheet of cells begins; refuses passwords, macros and the other epoch."""
    places = {}
    for kind, body in _records(stream, 0):
        if kind == BEGIN and unpack_from("<H", body)[0] != VERSION_97:
            raise Refused(Reason.OLD_FORMAT)
        if kind == PASSWORD:
            raise Refused(Reason.ENCRYPTED)
        if kind == EPOCH and any(body):
            raise Refused(Reason.EPOCH_1904)
        if kind == PROJECT or (kind == SHEET and body[5] in MACROS):
            raise Refused(Reason.MACRO)
        if kind == SHEET and body[5] == WORKSHEET:
            places[_name(body)] = unpack_from("<I", body)[0]
    return places


def _name(body: bytes) -> str:
    length, is_wide = body[6], body[7] & 1
    return body[8 : 8 + (length << is_wide)].decode("utf-16-le" if is_wide else "latin-1")


def _scan(stream: bytes, place: int) -> Remarks:
    remarks = Remarks()
    for kind, body in _records(stream, place):
        if kind in CELLS:
            row, column = unpack_from("<HH", body)
            if row > MAX_ROWS or column >= MAX_COLUMNS:
                raise Refused(Reason.TOO_LARGE_SHEET)
            _note(remarks, kind, body, (row + 1, column + 1))
        elif kind == MERGED:
            remarks.merged += _merged(body)
    return remarks


def _note(remarks: Remarks, kind: int, body: bytes, position: Position) -> None:
    if kind == FORMULA and len(remarks.formulas) < MAX_REMARKS:
        remarks.formulas.append(position)
    if kind == TRUTH_OR_ERROR and body[7] and len(remarks.faulty) < MAX_REMARKS:
        remarks.faulty.append(position)


def _merged(body: bytes) -> Iterator[tuple[int, int, int, int]]:
    (count,) = unpack_from("<H", body)
    for number in range(count):
        top, bottom, left, right = unpack_from("<4H", body, 2 + 8 * number)
        yield top + 1, left + 1, bottom + 1, right + 1
