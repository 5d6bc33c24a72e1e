"""Amounts, counts and shares; exact, never a float."""

import re
from datetime import date
from decimal import Context, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from jobs.workbook.cells.texts import CellFault, clean, shown
from jobs.workbook.columns import Column
from jobs.workbook.reader import Raw

MOST = 10**12 - 1
DIGITS = 15
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")


def number(raw: Raw, column: Column) -> Decimal:
    value = clean(raw)
    if isinstance(raw, bool | date) or not _is_number(raw, value):
        raise CellFault(
            _("“%(value)s”不是数字。") % {"value": shown(value)},
            _("请只填数字，不要写单位或文字。"),
        )
    found = _as_excel_shows(Decimal(value.replace(",", "")))
    _within(found, column)
    return found


def _is_number(raw: Raw, value: str) -> bool:
    # A number cell may arrive as 1E-7; typed text in that spelling is a slip.
    return isinstance(raw, int | Decimal) or NUMBER.fullmatch(value) is not None


def _as_excel_shows(found: Decimal) -> Decimal:
    """Without the dust of binary fractions: a workbook keeps 15 digits."""
    return Context(prec=DIGITS).plus(found)


def _within(found: Decimal, column: Column) -> None:
    low = column.minimum
    high = MOST if column.maximum is None else column.maximum
    if low is not None and found < low:
        raise CellFault(
            _("%(value)s 太小，最小为 %(least)s。") % {"value": shown(f"{found:f}"), "least": low},
            _("请核对后改正。"),
        )
    if abs(found) > high:
        raise CellFault(
            _("%(value)s 太大，最大为 %(most)s。") % {"value": shown(f"{found:f}"), "most": high},
            _("请核对后改正。"),
        )


def money(raw: Raw, column: Column) -> Decimal:
    found = number(raw, column)
    if found < 0:
        raise CellFault(
            _("金额 %(value)s 小于 0。") % {"value": shown(f"{found:f}")},
            _("金额不能为负，请改正。"),
        )
    return _rounded(found, 2)


def decimal(raw: Raw, column: Column) -> Decimal:
    return _rounded(number(raw, column), 2)


def _rounded(found: Decimal, places: int) -> Decimal:
    try:
        exact = found.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation as impossible:
        raise CellFault(
            _("%(value)s 的位数太多。") % {"value": shown(f"{found:f}")}, _("请核对后改正。")
        ) from impossible
    if exact != found:
        raise CellFault(
            _("%(value)s 的小数超过 %(places)d 位。")
            % {"value": shown(f"{found:f}"), "places": places},
            _("请保留 %(places)d 位小数。") % {"places": places},
        )
    return exact


def integer(raw: Raw, column: Column) -> int:
    found = number(raw, column)
    if found != found.to_integral_value():
        raise CellFault(_("%(value)s 不是整数。") % {"value": shown(f"{found:f}")}, _("请填整数。"))
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
