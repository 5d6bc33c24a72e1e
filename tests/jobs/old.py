"""Workbooks of Excel 97 (.xls) for tests: as few records as a reader asks for."""

from struct import pack

SECTOR = 512
FREE, END_OF_CHAIN, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SMALLEST = 4096  # a smaller stream would lie in another place


class Error(int):
    """A cell that shows an error; 0x07 is `#DIV/0!`."""


class Sum(int):
    """A cell with a formula, and what it came to."""


def record(kind, body=b""):
    return pack("<HH", kind, len(body)) + body


def begin(kind, version=0x0600):
    return record(0x0809, pack("<HHHHII", version, kind, 0, 0, 0, 0))


def wide(text, length):
    units = text.encode("utf-16-le")
    return pack(length, len(units) // 2) + b"\x01" + units


def cell(row, column, value):
    at = pack("<HHH", row, column, 0)
    if isinstance(value, Error):
        return record(0x0205, at + bytes([value, 1]))
    if isinstance(value, Sum):
        return record(0x0006, at + pack("<dHIHBH", value, 0, 0, 3, 0x1E, value))
    if isinstance(value, str):
        return record(0x0204, at + wide(value, "<H"))
    return record(0x0203, at + pack("<d", value))


def sheet(rows, merged=()):
    cells = b"".join(
        cell(number, column, value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if value is not None
    )
    spans = b"".join(pack("<4H", *span) for span in merged)
    return begin(0x10) + cells + record(0x00E5, pack("<H", len(merged)) + spans) + record(0x000A)


def stream(name, rows, *, extra=b"", kind=0, version=0x0600, merged=()):
    """The stream of a workbook of one sheet; `extra` are records of the workbook itself."""

    def head(place):
        told = pack("<IBB", place, 0, kind) + wide(name, "<B")
        return begin(0x05, version) + extra + record(0x0085, told) + record(0x000A)

    return head(len(head(0))) + sheet(rows, merged)


def compound(streams):
    """A compound document of some streams, each filled up to the size of a big one."""
    contents = [content.ljust(SMALLEST, b"\0") for content in streams.values()]
    counts = [-(-len(content) // SECTOR) for content in contents]
    starts = [2 + sum(counts[:number]) for number in range(len(counts))]
    chains = [
        number + 1 if number + 1 < start + count else END_OF_CHAIN
        for start, count in zip(starts, counts, strict=True)
        for number in range(start, start + count)
    ]
    table = [TABLE, END_OF_CHAIN, *chains]
    assert len(table) <= SECTOR // 4, "one sector holds the table"
    table += [FREE] * (SECTOR // 4 - len(table))
    lines = [_entry("Root Entry", 5, END_OF_CHAIN, 0)]
    for name, start, content in zip(streams, starts, contents, strict=True):
        lines.append(_entry(name, 2, start, len(content)))
    body = b"".join(
        content.ljust(count * SECTOR, b"\0")
        for content, count in zip(contents, counts, strict=True)
    )
    return _header() + pack(f"<{len(table)}I", *table) + b"".join(lines).ljust(SECTOR, b"\0") + body


def _header():
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    head += pack("<IIIIII", 0, SMALLEST, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    return head + pack("<109I", 0, *[FREE] * 108)


def _entry(name, kind, start, size):
    text = name.encode("utf-16-le") + b"\0\0"
    ends = pack("<III", FREE, FREE, FREE)
    return (
        text.ljust(64, b"\0")
        + pack("<HBB", len(text), kind, 1)
        + ends
        + bytes(36)
        + pack("<IQ", start, size)
    )


def workbook(name, rows, **options):
    return compound({"Workbook": stream(name, rows, **options)})
