"""An official list of areas: rows read and checked, the subtree cut out. No database."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

COLUMNS = ("code", "name", "level", "parent_code")
LEVELS = ("nation", "province", "city", "district", "street", "community")
NATION_CODE = "0" * 12
TOWN_NAME = re.compile(r"(街道|镇|乡)$")


@dataclass(frozen=True)
class Listed:
    """One row of the list; `line` as an editor numbers it."""

    code: str
    name: str
    level: str
    parent_code: str
    line: int
    file: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.level

    @property
    def depth(self) -> int:
        return LEVELS.index(self.level)

    @property
    def counts_for_coverage(self) -> bool:
        """Statistical town codes 400–599 are mostly farms and reservoirs, but some are towns."""
        town = int(self.code[6:9]) < 400 or bool(TOWN_NAME.search(self.name))
        return self.level == "street" and town


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken, and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = {"file": self.file, "line": self.line, "message": self.message}
        return _("%(file)s 第 %(line)s 行：%(message)s") % place


class Unusable(Exception):
    """The list has faults; all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def read(files: Iterable[Path]) -> list[Listed]:
    """The rows of one or more CSV files; raises `Unusable` with every malformed or double row."""
    rows: list[Listed] = []
    faults: list[Fault] = []
    for file in files:
        for item in _read_file(file):
            (rows if isinstance(item, Listed) else faults).append(item)  # type: ignore[arg-type]
    faults += _doubles(rows)
    if faults:
        raise Unusable(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return rows


def _read_file(file: Path) -> Iterator[Listed | Fault]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield from _read_rows(csv.DictReader(stream), file.name)
    except FileNotFoundError:
        yield Fault(file.name, 0, _("文件不存在。请检查路径。"))
    except (UnicodeDecodeError, csv.Error):
        yield Fault(file.name, 0, _("不是 UTF-8 编码的 CSV。请另存为 UTF-8 后再试。"))


def _read_rows(reader: "csv.DictReader[str]", file: str) -> Iterator[Listed | Fault]:
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        heads = {"missing": "、".join(missing), "all": ",".join(COLUMNS)}
        yield Fault(file, 1, _("缺少列 %(missing)s。表头应为 %(all)s。") % heads)
        return
    for row in reader:
        cells = {column: (row[column] or "").strip() for column in COLUMNS}
        problem = _malformed(cells)
        line = reader.line_num
        yield Fault(file, line, problem) if problem else Listed(**cells, line=line, file=file)


def _malformed(cells: dict[str, str]) -> str:
    if not re.fullmatch(r"\d{12}", cells["code"]):
        return _("区划代码“%s”不是 12 位数字。") % cells["code"]
    if not cells["name"] or len(cells["name"]) > 100:
        return _("名称为空或超过 100 字。")
    if cells["level"] not in LEVELS:
        words = {"level": cells["level"], "known": "、".join(LEVELS)}
        return _("级别“%(level)s”不认识。可用：%(known)s。") % words
    if cells["parent_code"] and not re.fullmatch(r"\d{12}", cells["parent_code"]):
        return _("上级代码“%s”不是 12 位数字。") % cells["parent_code"]
    return ""


def _doubles(rows: list[Listed]) -> list[Fault]:
    count = Counter(row.key for row in rows)
    return [
        Fault(
            row.file,
            row.line,
            _("代码 %(code)s 在同一级别出现了 %(times)s 次。")
            % {"code": row.code, "times": count[row.key]},
        )
        for row in rows
        if count[row.key] > 1
    ]


@dataclass(frozen=True)
class Placed:
    """A row with its parent found; parents come before children."""

    row: Listed
    parent: tuple[str, str] | None


def subtree(rows: list[Listed], root_code: str) -> list[Placed]:
    """The row of `root_code` (the higher level where a code is double) and all below it.

    `000000000000` stands for a synthetic root above the whole list. Raises `Unusable` with every
    row whose parent is not in the list.
    """
    if root_code == NATION_CODE:
        rows = [Listed(NATION_CODE, "全国", "nation", "", 0), *_under_nation(rows)]
    by_code: dict[str, list[Listed]] = {}
    for row in sorted(rows, key=lambda row: row.depth):
        by_code.setdefault(row.code, []).append(row)
    if root_code not in by_code:
        raise Unusable([Fault("", 0, _("列表里没有代码 %s。请检查 --root。") % root_code)])
    return _place(rows, by_code, by_code[root_code][0])


def _under_nation(rows: list[Listed]) -> list[Listed]:
    return [row if row.parent_code else replace(row, parent_code=NATION_CODE) for row in rows]


def _place(rows: list[Listed], by_code: dict[str, list[Listed]], root: Listed) -> list[Placed]:
    placed = {root.key: Placed(root, None)}
    faults = []
    for row in sorted(rows, key=lambda row: (row.depth, row.code)):
        parent = _nearest_higher(row, by_code)
        if parent is None and row.depth > root.depth:
            missing = _("上级 %s 不在列表里。") % (row.parent_code or "—")
            faults.append(Fault(row.file, row.line, missing))
        elif parent and parent.key in placed and row.key not in placed:
            placed[row.key] = Placed(row, parent.key)
    if faults:
        raise Unusable(faults)
    return list(placed.values())


def _nearest_higher(row: Listed, by_code: dict[str, list[Listed]]) -> Listed | None:
    above = [other for other in by_code.get(row.parent_code, []) if other.depth < row.depth]
    return above[-1] if above else None
