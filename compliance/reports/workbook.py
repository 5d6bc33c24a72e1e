"""A report as a workbook: all of its tables, with every row."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from compliance.findings import Status
from compliance.reports.contents import ClauseRow, Contents, PlaceRow
from compliance.reports.problems import Problem
from compliance.reports.progress import MENDED, NEW, OPEN, Progress
from compliance.shares import Share
from compliance.templatetags.compliance_words import status_name
from compliance.wording import STATUSES
from jobs.imports.sheets import Sheet, as_bytes
from jobs.imports.written import Written
from tenancy.formats import pct
from tenancy.templatetags.formats import dtime

Cells = list[Written]
NARROW, MEDIUM, WIDE = 12, 24, 60
COUNTED = [Status.MET, Status.WATCH, Status.NOT_MET, Status.NO_DATA, Status.NOT_APPLICABLE]


def workbook_of(contents: Contents) -> bytes:
    """The sheets in the order of the paper."""
    return as_bytes(
        [
            Sheet(_("总体"), [], _whole(contents), [MEDIUM, WIDE]),
            _clauses(contents),
            _problems(contents),
            *_progress(contents.progress),
            _places(_("附表一 各区域"), contents.areas.rows),
            _places(_("附表二 各社工站"), contents.stations.rows),
        ]
    )


def _whole(contents: Contents) -> Iterator[Cells]:
    """What the cover and the first section say."""
    report, run, figures = contents.report, contents.report.run, contents.whole
    yield [contents.title]
    yield [_("范围"), report.area.name]
    yield [_("区划代码"), report.area.code]
    yield [_("周期"), report.period]
    yield [_("核验日"), run.on]
    yield [_("依据"), contents.pack.title]
    yield [_("规则包"), f"{run.pack} {run.pack_version}"]
    yield [_("数据时间"), dtime(run.created_at)]
    yield [_("版次"), report.number]
    yield [_("校验码"), report.check_code]
    yield [_("应覆盖镇街"), figures.coverage.den]
    yield [_("已覆盖镇街"), figures.coverage.num]
    yield [_("在岗社工"), figures.certified.den]
    yield [_("持证社工"), figures.certified.num]
    for one in COUNTED:
        yield [str(STATUSES[one]), figures.counts[one.value]]
    if noticed := contents.noticed:
        yield [_("整改通知书所列"), noticed.named]
        yield [_("其中已整改"), noticed.mended]
        yield [_("其中逾期未整改"), noticed.overdue]


def _clauses(contents: Contents) -> Sheet:
    heads = [_("规则"), _("要求"), _("条款"), _("推定"), *(str(STATUSES[one]) for one in COUNTED)]
    widths = [NARROW, MEDIUM, WIDE, *[NARROW] * (len(heads) - 3)]
    return Sheet(_("条款"), heads, (_clause(row) for row in contents.clauses), widths)


def _clause(row: ClauseRow) -> Cells:
    counts = [row.counts.get(one.value, 0) for one in COUNTED]
    return [row.rule, row.title, row.citation, _("推定") if row.inferred else None, *counts]


def _problems(contents: Contents) -> Sheet:
    heads = [_("序号"), _("结论"), _("推定"), _("对象编码"), _("对象"), _("所在"), _("规则")]
    heads += [_("要求"), _("条款"), _("情况"), _("还差"), _("责任单位"), _("整改期限")]
    widths = [NARROW] * 3 + [MEDIUM] * 3 + [NARROW, MEDIUM, WIDE, WIDE, *[MEDIUM] * 3]
    rows = (_problem(number, row) for number, row in enumerate(contents.problems.rows, start=1))
    return Sheet(_("问题"), heads, rows, widths)


def _problem(number: int, row: Problem) -> Cells:
    inferred = _("推定") if row.inferred else None
    told: Cells = [row.rule, row.title, row.citation, row.sentence, row.shortfall]
    duty: Cells = [row.who, row.deadline or _("未限期")]
    where: Cells = [row.code, row.subject, row.where]
    return [number, status_name(row.status), inferred, *where, *told, *duty]


def _progress(progress: Progress | None) -> Iterator[Sheet]:
    """By rule and by subject; nothing where no report came before."""
    if progress is None:
        return
    heads = [_("规则"), _("要求"), _("原有"), _("已整改"), _("未整改"), _("新增")]
    yield Sheet(
        _("整改"),
        heads,
        ([row.rule, row.title, row.named, row.mended, row.open, row.new] for row in progress.rows),
        [NARROW, MEDIUM, *[NARROW] * 4],
    )
    words = {MENDED: _("已整改"), OPEN: _("未整改"), NEW: _("新增")}
    yield Sheet(
        _("整改明细"),
        [_("规则"), _("要求"), _("对象编码"), _("对象"), _("整改情况")],
        ([one.rule, one.title, one.code, one.subject, words[one.state]] for one in progress.cases),
        [NARROW, MEDIUM, MEDIUM, MEDIUM, NARROW],
    )


def _places(title: str, rows: list[PlaceRow]) -> Sheet:
    heads = [_("代码"), _("名称"), _("所在")]
    heads += [_("应覆盖镇街"), _("已覆盖镇街"), _("覆盖率"), _("覆盖结论")]
    heads += [_("在岗社工"), _("持证社工"), _("持证比例"), _("持证结论"), _("还差人数")]
    widths = [MEDIUM, MEDIUM, MEDIUM, *[NARROW] * (len(heads) - 3)]
    return Sheet(title, heads, (_place(row) for row in rows), widths)


def _place(row: PlaceRow) -> Cells:
    figures = row.figures
    covered = [*_share(figures.coverage), status_name(figures.coverage_status)]
    certified = [*_share(figures.certified), status_name(figures.certified_status)]
    return [row.code, row.name, row.where, *covered, *certified, figures.people_missing]


def _share(share: Share) -> Cells:
    return [share.den, share.num, pct(share.num, share.den)]
