"""Text and what is chosen from words."""

import re
import unicodedata
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jobs.workbook.columns import Column
from jobs.workbook.reader import Raw

LONGEST_SHOWN = 40
APOSTROPHES = "'‘’`"
YES = {"是": True, "否": False}


class CellFault(Exception):
    """The cell cannot be read: what is wrong, and how to mend it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class _Folding(dict[int, str]):
    """Character by character, remembered: controls become blanks, invisible marks vanish,
    full-width letters and digits become plain. CJK stays as written, rare or not: NFKC would swap
    compatibility ideographs in people's names. `keeps` names further categories left alone.
    """

    def __init__(self, keeps: str) -> None:
        super().__init__()
        self._keeps = ("Lo", *keeps)

    def __missing__(self, point: int) -> str:
        self[point] = self._folded(chr(point))
        return self[point]

    def _folded(self, character: str) -> str:
        category = unicodedata.category(character)
        if category == "Cc":
            return " "
        if category in ("Cf", "Cs"):
            return ""
        if category.startswith(self._keeps):
            return character
        return unicodedata.normalize("NFKC", character)


_FOLDING = _Folding(keeps="")
# Chinese text keeps its own punctuation: （） in a station's name is right, () is not.
PROSE = _Folding(keeps="PS")


def clean(raw: Raw, folding: _Folding = _FOLDING) -> str:
    """The cell's text: NFKC, no control or direction characters, no stray blanks."""
    return "" if raw is None else " ".join(_written(raw).translate(folding).split())


def _written(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def is_empty(raw: Raw) -> bool:
    return raw is None or (isinstance(raw, str) and not clean(raw))


def shown(value: str) -> str:
    """A piece of the cell that is safe in a sentence."""
    return value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"


def text(raw: Raw, column: Column) -> str:
    value = clean(raw, PROSE)
    return _short_enough(value, column)


def _short_enough(value: str, column: Column) -> str:
    if len(value) > column.max_length:
        raise CellFault(
            _("文字有 %(length)d 个字，最多 %(most)d 个。")
            % {"length": len(value), "most": column.max_length},
            _("请缩短后再导入。"),
        )
    return value


def code(raw: Raw, column: Column) -> str:
    """A code is text: a number has already lost leading zeros or its last digits."""
    value = _short_enough(digits_kept(raw), column)
    if re.search(r"[\s;,]", value):
        raise CellFault(
            _("编码“%(value)s”含有空格、逗号或分号。") % {"value": shown(value)},
            _("编码中不能有空格、逗号和分号，请改正。"),
        )
    return value


def digits_kept(raw: Raw) -> str:
    """The text of a cell that must be text, without the apostrophe that some put before it."""
    refuse_number(raw)
    return clean(raw).lstrip(APOSTROPHES)


def refuse_number(raw: Raw) -> None:
    if not isinstance(raw, str):
        raise CellFault(
            _("此格存成了数字或日期，不是文本，前面的 0 或末几位可能已经丢失。"),
            _("请把该列设为“文本”格式，再按原件重新填写。"),
        )


def choice(raw: Raw, column: Column) -> Any:
    value = clean(raw)
    if value not in column.choices:
        raise CellFault(
            _("“%(value)s”不在可选项中。") % {"value": shown(value)},
            _("可填：%(choices)s。") % {"choices": "、".join(column.choices)},
        )
    return column.choices[value]


def yes_no(raw: Raw, _column: Column) -> bool:
    if isinstance(raw, bool):
        return raw
    value = clean(raw)
    if value not in YES:
        raise CellFault(
            _("“%(value)s”应为“是”或“否”。") % {"value": shown(value)}, _("请填“是”或“否”。")
        )
    return YES[value]
