"""Reading one cell: every spelling people use, and a plain sentence for what cannot be read."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from jobs.workbook.columns import Column, Kind
from jobs.workbook.reader import Raw

FIRST_YEAR, LAST_YEAR = 1900, 2100
MONEY_LIMIT = Decimal(10) ** 12
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
AREA_CODE_LENGTH = 12

DATE_SPELLINGS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 0{1,2}:00(?::00)?)?"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
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
_PROSE = _Folding(keeps="PS")


def clean(raw: Raw, folding: _Folding = _FOLDING) -> str:
    """The cell's text: NFKC, no control or direction characters, no stray blanks."""
    return "" if raw is None else " ".join(_written(raw).translate(folding).split())


def _written(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def text(raw: Raw, column: Column) -> str:
    value = clean(raw, _PROSE)
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
    refuse_number(raw)
    value = _short_enough(clean(raw), column)
    if re.search(r"[\s;,]", value):
        raise CellFault(
            _("编码“%(value)s”含有空格、逗号或分号。") % {"value": shown(value)},
            _("编码中不能有空格、逗号和分号，请改正。"),
        )
    return value


def refuse_number(raw: Raw) -> None:
    if not isinstance(raw, str):
        raise CellFault(
            _("此格存成了数字或日期，不是文本，前面的 0 或末几位可能已经丢失。"),
            _("请把该列设为“文本”格式，再按原件重新填写。"),
        )


def shown(value: str) -> str:
    """A piece of the cell that is safe in a sentence."""
    return value if len(value) <= 40 else value[:40] + "…"


def day(raw: Raw, _column: Column) -> date:
    if isinstance(raw, date):
        return _possible(raw.year, raw.month, raw.day, raw.isoformat())
    value = clean(raw)
    compact = value.replace(" ", "") if "年" in value else value
    for spelling in DATE_SPELLINGS:
        match = spelling.fullmatch(compact)
        if match:
            year, month, of_month = map(int, match.groups())
            return _possible(year, month, of_month, value)
    raise CellFault(
        _("“%(value)s”不是日期。") % {"value": shown(value)},
        _("请写成 2026-10-05 的样子。"),
    )


def _possible(year: int, month: int, of_month: int, value: str) -> date:
    try:
        found = date(year, month, of_month)
    except ValueError as impossible:
        raise CellFault(
            _("“%(value)s”不是有效日期，日历上没有这一天。") % {"value": shown(value)},
            _("请核对年、月、日后改正。"),
        ) from impossible
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellFault(
            _("“%(value)s”的年份不在 %(first)d 至 %(last)d 年之间。")
            % {"value": shown(value), "first": FIRST_YEAR, "last": LAST_YEAR},
            _("请核对年份后改正。"),
        )
    return found


def number(raw: Raw, column: Column) -> Decimal:
    value = clean(raw)
    if isinstance(raw, bool | date) or not _is_number(raw, value):
        raise CellFault(
            _("“%(value)s”不是数字。") % {"value": shown(value)},
            _("请只填数字，不要写单位或文字。"),
        )
    found = Decimal(value.replace(",", ""))
    _within(found, column)
    return found


def _is_number(raw: Raw, value: str) -> bool:
    # A number cell may arrive as 1E-7; typed text in that spelling is a slip.
    return isinstance(raw, int | Decimal) or NUMBER.fullmatch(value) is not None


def _within(found: Decimal, column: Column) -> None:
    low = column.minimum
    high = MONEY_LIMIT - 1 if column.maximum is None else column.maximum
    if low is not None and found < low:
        raise CellFault(
            _("%(value)s 太小，最小为 %(least)s。") % {"value": found, "least": low},
            _("请核对后改正。"),
        )
    if abs(found) > high:
        raise CellFault(
            _("%(value)s 太大，最大为 %(most)s。") % {"value": shown(str(found)), "most": high},
            _("请核对后改正。"),
        )


def money(raw: Raw, column: Column) -> Decimal:
    found = number(raw, column)
    if found < 0:
        raise CellFault(
            _("金额 %(value)s 小于 0。") % {"value": found}, _("金额不能为负，请改正。")
        )
    return _rounded(found, 2)


def decimal(raw: Raw, column: Column) -> Decimal:
    return _rounded(number(raw, column), 2)


def _rounded(found: Decimal, places: int) -> Decimal:
    try:
        exact = found.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation as impossible:
        raise CellFault(
            _("%(value)s 的位数太多。") % {"value": shown(str(found))}, _("请核对后改正。")
        ) from impossible
    if exact != found:
        raise CellFault(
            _("%(value)s 的小数超过 %(places)d 位。")
            % {"value": shown(str(found)), "places": places},
            _("请保留 %(places)d 位小数。") % {"places": places},
        )
    return exact


def integer(raw: Raw, column: Column) -> int:
    found = number(raw, column)
    if found != found.to_integral_value():
        raise CellFault(
            _("%(value)s 不是整数。") % {"value": shown(str(found))}, _("请填整数。")
        )
    return int(found)


def share(raw: Raw, column: Column) -> Decimal:
    value = clean(raw)
    found = Decimal(value[:-1]) / 100 if _is_percentage(value) else number(raw, column)
    if not 0 < found <= 1:
        raise CellFault(
            _("占比 %(value)s 不在 0 到 1 之间。") % {"value": shown(value)},
            _("请填大于 0、不超过 1 的数，例如 0.5；全职填 1 或留空。"),
        )
    return _rounded(found, 4)


def _is_percentage(value: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?%", value) is not None


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


def identity(raw: Raw, _column: Column) -> str:
    """An identity number of 18 characters; the number itself never stands in a message."""
    if not isinstance(raw, str):
        raise CellFault(
            _("身份证号存成了数字，末三位已经丢失。"),
            _("请把该列设为“文本”格式，再按证件重新填写。"),
        )
    value = clean(raw).replace(" ", "").upper()
    if re.fullmatch(r"\d{15}", value):
        raise CellFault(_("这是 15 位的旧身份证号。"), _("请填 18 位身份证号。"))
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", value):
        raise CellFault(
            _("身份证号应为 18 位数字，末位可以是 X。"), _("请按证件核对后重新填写。")
        )
    _check_identity(value)
    return value


def _check_identity(value: str) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(value, IDENTITY_WEIGHTS, strict=False))
    if IDENTITY_CHECKS[total % 11] != value[-1]:
        if value.endswith("000"):
            raise CellFault(
                _("身份证号末三位为 000，可能被 Excel 改成了数字。"),
                _("请把该列设为“文本”格式，再按证件重新填写。"),
            )
        raise CellFault(_("身份证号的校验位不对。"), _("请按证件核对每一位后改正。"))
    try:
        date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError as impossible:
        raise CellFault(
            _("身份证号中的出生日期不存在。"), _("请按证件核对后改正。")
        ) from impossible


def area(raw: Raw, _column: Column) -> str:
    """A division code of 12 digits."""
    refuse_number(raw)
    value = clean(raw)
    if not re.fullmatch(rf"\d{{{AREA_CODE_LENGTH}}}", value):
        raise CellFault(
            _("“%(value)s”不是 12 位区划代码。") % {"value": shown(value)},
            _("请填 12 位数字的统计用区划代码。"),
        )
    return value


def areas(raw: Raw, column: Column) -> list[str]:
    refuse_number(raw)
    codes = [piece.strip() for piece in clean(raw).split(";")]
    return list(dict.fromkeys(area(piece, column) for piece in codes if piece))


PARSERS: Mapping[Kind, Callable[[Raw, Column], Any]] = {
    Kind.TEXT: text,
    Kind.CODE: code,
    Kind.DATE: day,
    Kind.MONEY: money,
    Kind.DECIMAL: decimal,
    Kind.INTEGER: integer,
    Kind.SHARE: share,
    Kind.CHOICE: choice,
    Kind.YES_NO: yes_no,
    Kind.IDENTITY: identity,
    Kind.AREA: area,
    Kind.AREAS: areas,
    Kind.ORGANISATION: text,
}


def is_empty(raw: Raw) -> bool:
    return clean(raw) == ""


def parse(raw: Raw, column: Column) -> Any:
    """The cell's value; None where it is empty and may be."""
    if is_empty(raw):
        if column.required:
            raise CellFault(
                _("此格必填，现在是空的。"), _("请填写“%(head)s”。") % {"head": column.head}
            )
        return None
    return PARSERS[column.kind](raw, column)
