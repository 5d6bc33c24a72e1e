"""The board as a workbook: the counts, and on a second sheet what they are of."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from filings.models import MonthlyRecord
from filings.progress import Line, Progress
from filings.template.shapes import Template
from filings.totals.reading import Total
from jobs.imports.sheets import Sheet, as_bytes
from tenancy import formats
from tenancy.models import Area, User
from tenancy.periods import Period

Value = str | int | date | None


def board_sheet(found: Progress, records: Sequence[MonthlyRecord], month: date, by: User) -> bytes:
    """The places below, or a street's records."""
    table = _records_sheet(records) if records else _places_sheet(found)
    return as_bytes([table, _about(found, month, by)])


def _places_sheet(found: Progress) -> Sheet:
    heads = [
        _("区划"),
        _("代码"),
        _("应报"),
        _("已报"),
        _("按时"),
        _("逾期报送"),
        _("未报"),
        _("退回"),
        _("已接收"),
        _("按时率"),
    ]
    lines = [*found.below, found.own]
    rows: Iterable[Sequence[Value]] = map(_line, lines)
    return Sheet(_("月报进度"), heads, rows)


def _line(line: Line) -> Sequence[Value]:
    return [
        line.area.name,
        line.area.code,
        line.due,
        line.filed,
        line.on_time,
        line.late,
        line.missing,
        line.returned,
        line.accepted,
        formats.pct(line.on_time, line.due),
    ]


def _records_sheet(records: Sequence[MonthlyRecord]) -> Sheet:
    heads = [_("社工站"), _("编码"), _("状态"), _("应报日"), _("报送时间"), _("接收时间")]
    rows = (
        [
            one.station.name,
            one.station.code,
            str(one.state.label),
            one.due_on,
            _time(one.submitted_at),
            _time(one.accepted_at),
        ]
        for one in records
    )
    return Sheet(_("月报进度"), heads, rows)


def _time(moment: object) -> str | None:
    return formats.dtime(timezone.localtime(moment)) if moment else None  # type: ignore[arg-type]


def totals_sheet(
    area: Area, period: Period, total: Total, form: Template | None, by: User
) -> bytes:
    """Every figure of a place's total, and on a second sheet what they are of."""
    heads = [_("指标编码"), _("指标"), _("单位"), _("汇总"), _("口径")]
    rows: list[Sequence[Any]] = [
        [one.code, one.name, one.unit, total.figures.get(one.code), one.note]
        for one in (form.numbers.values() if form else ())
    ]
    about = [
        (_("范围"), area.name),
        (_("期间"), formats.period(period.first, period.last)),
        (_("已接收/应报"), f"{total.accepted}/{total.due}"),
        (_("导出时间"), formats.dtime(timezone.localtime())),
        (_("导出人"), by.name),
    ]
    sheets = [Sheet(_("月报汇总"), heads, rows), Sheet(_("说明"), [], about, (18, 40))]
    return as_bytes(sheets)


def _about(found: Progress, month: date, by: User) -> Sheet:
    rows = [
        (_("范围"), found.own.area.name),
        (_("月份"), f"{month:%Y-%m}"),
        (_("应报日"), formats.ddate(found.due_on)),
        (_("导出时间"), formats.dtime(timezone.localtime())),
        (_("导出人"), by.name),
    ]
    return Sheet(_("说明"), [], rows, (18, 40))
