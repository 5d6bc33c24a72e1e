"""The rows of a place's page and what they are of, for workbook and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.findings import Status
from compliance.lines import Line
from compliance.packs import load_pack
from compliance.shares import Share
from compliance.summary import Summary
from compliance.wording import STATUSES as VERDICTS
from dashboard.seats import StationRow
from dashboard.standings import status_of, word_of
from jobs.desk.cells import Cell
from jobs.desk.workbook import as_workbook
from tenancy import formats
from tenancy.models import Area, User

Value = str | int | Decimal | None
_PEOPLE = ("count", "count", "percent", "count")


@dataclass(frozen=True)
class Sheet:
    """A table by its heads and rows; `widths` names those of its columns on paper."""

    title: str
    heads: list[str]
    rows: list[Sequence[Value]]
    widths: Sequence[str]


@dataclass(frozen=True)
class Scope:
    """What a workbook or paper is of: place, figures by area, day, and the filter in words."""

    place: str
    own: Summary | None
    figures: dict[int, Summary]
    on: date
    narrowed: str
    by: User


def areas_sheet(areas: Iterable[Area], figures: dict[int, Summary]) -> Sheet:
    """The areas below, in the order of the page."""
    heads = [
        _("区划"),
        _("代码"),
        _("有站镇街（个）"),
        _("镇街（个）"),
        _("持证（人）"),
        _("在岗社工（人）"),
        _("持证比例"),
        _("还差（人）"),
        _("覆盖"),
        _("持证"),
        _("总体"),
    ]
    rows = ([area.name, area.code, *_figures(figures.get(area.pk))] for area in areas)
    widths = ("name", "code", "count", "count", *_PEOPLE, "word", "word", "word")
    return Sheet(_("下级区划"), heads, list(rows), widths)


def _figures(found: Summary | None) -> Sequence[Value]:
    if found is None:
        return [None] * 8 + [word_of("no_data")]
    return [
        found.coverage.num,
        found.coverage.den,
        *_certified(found),
        _word(found.coverage_status),
        _word(found.certified_status),
        word_of(status_of(found)),
    ]


def _certified(found: Summary | None) -> Sequence[Value]:
    """Certified, of how many, as a share, and how many are missing."""
    if found is None:
        return [None] * 4
    share = found.certified
    return [share.num, share.den, formats.pct(share.num, share.den), found.people_missing]


def _word(status: str) -> str:
    return word_of(status) if status else formats.NO_DATA


def stations_sheet(stations: Iterable[StationRow]) -> Sheet:
    """The stations of a street, in the order of the page."""
    heads = [
        _("社工站"),
        _("编码"),
        _("承接机构"),
        _("状态"),
        _("持证（人）"),
        _("在岗社工（人）"),
        _("持证比例"),
        _("还差（人）"),
        _("总体"),
    ]
    rows = (
        [
            row.station.name,
            row.station.code,
            row.station.operator.name if row.station.operator else None,
            row.state_label,
            *_certified(row.figures),
            word_of(row.status),
        ]
        for row in stations
    )
    widths = ("text", "code", "rest", "word", *_PEOPLE, "word")
    return Sheet(_("社工站"), heads, list(rows), widths)


def verdicts_sheet(lines: Iterable[Line]) -> Sheet:
    """The verdicts on a place itself, the most urgent first."""
    heads = [_("结论"), _("规则"), _("事项"), _("说明"), _("还差"), _("条款"), _("算法")]
    rows = (
        [
            str(VERDICTS[Status(line.status)]),
            line.rule,
            line.title,
            line.sentence,
            line.shortfall,
            line.clause,
            line.formula,
        ]
        for line in lines
    )
    widths = ("word", "name", "text", "rest", "text", "text", "text")
    return Sheet(_("核验结果"), heads, list(rows), widths)


def workbook(sheet: Sheet, scope: Scope) -> bytes:
    """The rows, and on a second sheet what they are of."""
    cells = ([Cell(label="", text="", plain=value) for value in row] for row in sheet.rows)
    exported = (_("导出时间"), formats.dtime(timezone.localtime()))
    lines = [*about(scope), exported, (_("导出人"), scope.by.name)]
    return as_workbook(sheet.title, sheet.heads, cells, lines)


def about(scope: Scope) -> list[tuple[str, str]]:
    """Scope, filters, pack, data time, and the numbers of the tiles."""
    own = scope.own
    lines = [
        (_("范围"), scope.place),
        (_("查看日期"), formats.ddate(scope.on)),
        (_("筛选"), scope.narrowed or _("全部")),
        (_("核验日"), formats.ddate(own.on if own else None)),
        (_("规则包"), _pack(scope)),
        (
            _("数据时间"),
            formats.dtime(timezone.localtime(own.data_time)) if own else formats.NO_DATA,
        ),
    ]
    if own and own.coverage.den:
        lines.append((_("镇街覆盖"), _share(own.coverage, own.coverage_status)))
    if own:
        lines += [
            (_("持证比例"), _share(own.certified, own.certified_status)),
            (_("还差"), _("%(number)s 人") % {"number": formats.num(own.people_missing)}),
            (_("待处理"), _("%(number)s 项") % {"number": formats.num(own.problems)}),
        ]
    return lines


def _pack(scope: Scope) -> str:
    if scope.own is None or scope.by.tenant is None:
        return formats.NO_DATA
    return f"{load_pack(scope.by.tenant.pack).title} {scope.own.pack_version}"


def _share(share: Share, status: str) -> str:
    if not share.den:
        return formats.NO_DATA
    return f"{formats.frac(share.num, share.den)} {_word(status)}"
