"""A sheet that somebody filled in: its head and its rows, and what is wrong with their form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from filings.workbooks.columns import READ, SHEET, Head
from jobs.imports.faults import Fault
from jobs.imports.heads import HEAD_ROW, bare, letter
from jobs.workbook.cells import clean, is_empty
from jobs.workbook.guard import OLE, PACKED
from jobs.workbook.plain import read_plain
from jobs.workbook.reader import Raw, Sheet, read
from jobs.workbook.refusal import Reason, Refused

YEAR_FIRST = re.compile(r"(\d{4})[-/年]?(\d{1,2})(?:月|[-/]0?1)?")
# What Excel makes of 2026-10 in a file of plain text.
MONTH_FIRST = re.compile(r"([A-Z][a-z]{2})-(\d{2})")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def read_file(file: Path) -> Sheet | None:
    """The sheet, whatever kind of file holds it; None without one. Raises `Refused`."""
    if not file.is_file():
        raise Refused(Reason.MISSING)
    with file.open("rb") as stream:
        first = stream.read(len(OLE))
    if first.startswith((OLE, PACKED)):
        return read(file, [SHEET]).sheets.get(SHEET)
    return read_plain(file.read_bytes(), SHEET)


@dataclass(frozen=True)
class Line:
    """One filled row; `refused` are heads over cells that hold no value."""

    number: int
    cells: dict[Head, Raw]
    refused: frozenset[Head] = frozenset()

    def text(self, head: Head) -> str:
        return clean(self.cells[head])

    def fault(self, head: Head, message: str, remedy: str) -> Fault:
        return Fault(SHEET, self.number, head, message, remedy)


@dataclass
class Filled:
    """The rows of a sheet, with the faults that need no knowledge of records."""

    lines: list[Line] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_rows(sheet: Sheet) -> Filled:
    """All rows, once the head is understood."""
    found = Filled()
    heads = [bare(raw) for raw in sheet.rows[0]] if sheet.rows else []
    places = {head: heads.index(head) for head in READ if head in heads}
    found.errors.extend(_faults_of_head(heads))
    found.warnings.extend(_unknown(heads))
    found.errors.extend(_refused_cells(sheet, heads))
    if len(places) == len(READ):
        found.lines.extend(_lines(sheet, places))
        if not found.lines:
            message = _("表中没有内容。")
            found.errors.append(Fault(SHEET, 0, "", message, _("请填好后再上传。")))
    return found


def _faults_of_head(heads: list[str]) -> Iterator[Fault]:
    for head in READ:
        if head not in heads:
            message = _("缺少“%(head)s”这一列。") % {"head": head}
            remedy = _("请在第 1 行保留下载的填报表中的列名。")
            yield Fault(SHEET, HEAD_ROW, head, message, remedy)
        elif heads.count(head) > 1:
            message = _("“%(head)s”这一列出现了两次。") % {"head": head}
            yield Fault(SHEET, HEAD_ROW, head, message, _("请删去多余的一列。"))


def _unknown(heads: list[str]) -> Iterator[Fault]:
    for head in dict.fromkeys(heads):
        if head and head not in [*Head]:
            message = _("不认识“%(head)s”这一列，没有读取。") % {"head": head}
            remedy = _("要上报的数请填在“本月上报”一列。")
            yield Fault(SHEET, HEAD_ROW, head, message, remedy)


def _refused_cells(sheet: Sheet, heads: list[str]) -> Iterator[Fault]:
    """Formulas and error values anywhere; merged cells where one answer would count for many."""
    for row, column in sorted(sheet.refused):
        if (row, column) in sheet.formulas:
            message = _("%(cell)s 是公式，不能导入。")
            remedy = _("请复制后“选择性粘贴—数值”，把公式变成值。")
        else:
            message, remedy = _("%(cell)s 是错误值。"), _("请填写正确的内容。")
        told = {"cell": f"{letter(column)}{row}"}
        yield Fault(SHEET, row, _head_at(heads, column), message % told, remedy)
    for top, left, _bottom, _right in sheet.merged:
        message = _("%(cell)s 是合并单元格。") % {"cell": f"{letter(left)}{top}"}
        yield Fault(SHEET, top, _head_at(heads, left), message, _("请取消合并，每行各填各的。"))


def _head_at(heads: list[str], column: int) -> str:
    return (heads[column - 1] if column <= len(heads) else "") or letter(column)


def _lines(sheet: Sheet, places: dict[Head, int]) -> Iterator[Line]:
    for number, row in enumerate(sheet.rows[1:], start=HEAD_ROW + 1):
        cells = {head: row[place] for head, place in places.items()}
        if not all(map(is_empty, cells.values())):
            at = {head: (number, place + 1) for head, place in places.items()}
            yield Line(number, cells, frozenset(head for head in at if at[head] in sheet.refused))


def month_in(raw: Raw) -> date | None:
    """The month that a cell means, its first day; None for anything else."""
    if isinstance(raw, date):
        return raw.replace(day=1)
    text = clean(raw).replace(" ", "")
    if match := MONTH_FIRST.fullmatch(text):
        month = MONTHS.index(match[1]) + 1 if match[1] in MONTHS else 0
        return _first_of(2000 + int(match[2]), month)
    match = YEAR_FIRST.fullmatch(text)
    return _first_of(int(match[1]), int(match[2])) if match else None


def _first_of(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and 2000 <= year <= 2100 else None
