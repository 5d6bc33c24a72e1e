"""Official numbers: identity numbers and division codes."""

import re
from datetime import date

from django.utils.translation import gettext as _

from jobs.workbook.cells.texts import CellFault, digits_kept, shown
from jobs.workbook.columns import Column
from jobs.workbook.reader import Raw

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
AREA_CODE_LENGTH = 12


def identity(raw: Raw, _column: Column) -> str:
    """An identity number of 18 characters; the number itself never stands in a message."""
    if not isinstance(raw, str):
        raise CellFault(
            _("身份证号存成了数字，末三位已经丢失。"),
            _("请把该列设为“文本”格式，再按证件重新填写。"),
        )
    value = digits_kept(raw).replace(" ", "").upper()
    if re.fullmatch(r"\d{15}", value):
        raise CellFault(_("这是 15 位的旧身份证号。"), _("请填 18 位身份证号。"))
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", value):
        raise CellFault(_("身份证号应为 18 位数字，末位可以是 X。"), _("请按证件核对后重新填写。"))
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
    value = digits_kept(raw)
    if not re.fullmatch(rf"\d{{{AREA_CODE_LENGTH}}}", value):
        raise CellFault(
            _("“%(value)s”不是 12 位区划代码。") % {"value": shown(value)},
            _("请填 12 位数字的统计用区划代码。"),
        )
    return value


def areas(raw: Raw, column: Column) -> list[str]:
    codes = [piece.strip() for piece in digits_kept(raw).split(";")]
    return list(dict.fromkeys(area(piece, column) for piece in codes if piece))
