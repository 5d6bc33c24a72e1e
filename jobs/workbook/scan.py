"""What the fast reader hides: formulas, error values, merged cells, the epoch, far cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from jobs.workbook.guard import inflate
from jobs.workbook.refusal import Reason, Refused

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_REMARKS = 500
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
TRUE = ("1", "true", "on")

Position = tuple[int, int]
OnElement = Callable[[str, dict[str, str]], None]


@dataclass
class Remarks:
    """Positions are (row, column), both from 1."""

    formulas: list[Position] = field(default_factory=list)
    faulty: list[Position] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def position(reference: str) -> Position:
    """`B7` is (7, 2)."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if not match:
        raise Refused(Reason.BROKEN)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The archive's part behind each sheet's name."""
    _walk(archive, TYPES, _refuse_macros)
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes["Id"]] = _absolute(attributes["Target"])

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr" and attributes.get("date1904", "0") in TRUE:
            raise Refused(Reason.EPOCH_1904)
        if tag == "sheet":
            by_local_name = {_local(name): value for name, value in attributes.items()}
            parts[attributes["name"]] = targets.get(by_local_name.get("id", ""), "")

    _walk(archive, RELATIONS, relation)
    _walk(archive, WORKBOOK, sheet)
    return parts


def _refuse_macros(_tag: str, attributes: dict[str, str]) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise Refused(Reason.MACRO)


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def scan(archive: ZipFile, part: str) -> Remarks:
    """One pass over a sheet's XML, refusing what lies beyond the limits."""
    walker = _SheetWalker()
    _walk(archive, part, walker.element)
    return walker.remarks


class _SheetWalker:
    def __init__(self) -> None:
        self.remarks = Remarks()
        self._row = 0
        self._column = 0
        self._kind = ""
        self._actions: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._on_row,
            "c": self._on_cell,
            "v": self._on_content,
            "is": self._on_content,
            "f": self._on_formula,
            "mergeCell": self._on_merge,
        }

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        action = self._actions.get(tag)
        if action:
            action(attributes)

    def _on_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0

    def _on_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            self._row, self._column = position(reference)
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")

    def _on_content(self, _attributes: dict[str, str]) -> None:
        if self._row > MAX_ROWS + 1 or self._column > MAX_COLUMNS:
            raise Refused(Reason.TOO_LARGE_SHEET)
        if self._kind == "e":
            self._note(self.remarks.faulty)

    def _on_formula(self, _attributes: dict[str, str]) -> None:
        self._note(self.remarks.formulas)

    def _note(self, positions: list[Position]) -> None:
        if len(positions) < MAX_REMARKS:
            positions.append((self._row, self._column))

    def _on_merge(self, attributes: dict[str, str]) -> None:
        if len(self.remarks.merged) >= MAX_ROWS:
            raise Refused(Reason.TOO_LARGE_SHEET)
        first, _, last = attributes.get("ref", "").partition(":")
        self.remarks.merged.append((*position(first), *position(last or first)))


def _walk(archive: ZipFile, part: str, on_element: OnElement) -> None:
    parser: Any = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: on_element(_local(name), attributes)
    try:
        for chunk in inflate(archive, archive.getinfo(part)):
            parser.Parse(chunk)
        parser.Parse(b"", 1)
    except (expat.ExpatError, KeyError, ValueError) as broken:
        raise Refused(Reason.BROKEN) from broken


@cache
def _local(name: str) -> str:
    """The name without its prefix; a part has few of them, and they come a million times."""
    return name.rpartition(":")[2]
