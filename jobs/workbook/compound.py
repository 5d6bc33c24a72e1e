"""Compound documents (OLE): the streams of a file, each a chain of sectors."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from struct import error as cut_short
from struct import unpack_from

from jobs.workbook.refusal import Reason, Refused

ENTRY = 128
IN_HEADER = 109
SIZES = {6: 64, 9: 512, 12: 4096}
LAST_SECTOR = 0xFFFFFFFA
STREAM, ROOT = 2, 5


@dataclass(frozen=True)
class Entry:
    """One line of the directory."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """Reads by the tables of the file, which may lie: a chain longer than the file is broken."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._sector, self._small = (SIZES[power] for power in unpack_from("<HH", content, 30))
            (start,) = unpack_from("<I", content, 48)
            self._cutoff, self._short_start = unpack_from("<II", content, 56)
            self._table = [*self._read_table()]
            self.entries = [*self._read_entries(start)]
        except (cut_short, KeyError, ValueError) as broken:
            raise Refused(Reason.BROKEN) from broken

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream, None where there is none of the name."""
        for entry in self.entries:
            if entry.kind == STREAM and entry.name.lower() == name.lower():
                return self._bytes_of(entry)
        return None

    def _bytes_of(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        sectors = _follow(self._short_table, entry.start)
        step, within = self._small, self._short_stream
        return b"".join(within[at * step : (at + 1) * step] for at in sectors)[: entry.size]

    @cached_property
    def _short_table(self) -> list[int]:
        return _numbers(self._chain(self._short_start))

    @cached_property
    def _short_stream(self) -> bytes:
        """Small streams lie side by side in one that the root names."""
        return b"".join(self._chain(one.start) for one in self.entries if one.kind == ROOT)

    def _read_table(self) -> Iterator[int]:
        """Which sector follows each, from the sectors that the header and its sequel name."""
        places = [*unpack_from(f"<{IN_HEADER}I", self._content, 76)]
        (sequel,) = unpack_from("<I", self._content, 68)
        for _turn in range(len(self._content) // self._sector):
            if sequel >= LAST_SECTOR:
                break
            *more, sequel = _numbers(self._at(sequel))
            places += more
        for place in places:
            if place < LAST_SECTOR:
                yield from _numbers(self._at(place))

    def _read_entries(self, start: int) -> Iterator[Entry]:
        directory = self._chain(start)
        for at in range(0, len(directory) - ENTRY + 1, ENTRY):
            (length, kind) = unpack_from("<HB", directory, at + 64)
            first, size = unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield Entry(name, kind, first, size)

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._at, _follow(self._table, start)))

    def _at(self, number: int) -> bytes:
        place = (number + 1) * self._sector
        return self._content[place : place + self._sector]


def _follow(table: list[int], start: int) -> Iterator[int]:
    """The sectors of a chain; one that leads nowhere or in a circle is broken."""
    for _turn in table:
        if start >= LAST_SECTOR:
            return
        if start >= len(table):
            break
        yield start
        start = table[start]
    if start < LAST_SECTOR:
        raise Refused(Reason.BROKEN)


def _numbers(content: bytes) -> list[int]:
    return [*unpack_from(f"<{len(content) // 4}I", content)]
