"""Dates in every spelling people use."""

import re
from datetime import date

from django.utils.translation import gettext as _

from jobs.workbook.cells.texts import CellFault, clean, shown
from jobs.workbook.columns import Column
from jobs.workbook.reader import Raw

FIRST_YEAR, LAST_YEAR = 1900, 2100
SPELLINGS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
# What programs append to a date that has no time.
MIDNIGHT = re.compile(r"(?<=\d)(?: |T)0{1,2}:00(?::00(?:\.0+)?)?$")


def day(raw: Raw, _column: Column) -> date:
    if isinstance(raw, date):
        return _possible(raw.year, raw.month, raw.day, raw.isoformat())
    value = clean(raw)
    compact = MIDNIGHT.sub("", value)
    compact = compact.replace(" ", "") if "年" in value else compact
    for spelling in SPELLINGS:
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
