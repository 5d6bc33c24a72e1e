"""The jobs of this app, and what beat has it do."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from celery import shared_task
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance import actions
from compliance.assessment import assess, chosen_pack
from compliance.models import Notice
from compliance.refusals import refused_plainly
from jobs import actions as jobs
from jobs import collector
from jobs.models import Job
from jobs.registry import job
from jobs.running import CannotBeDone, RunningJob
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant, User
from tenancy.periods import Period, month_of, parse_period, quarter_of
from tenancy.permissions import Permission

MONTHLY, SERIES = "monthly", "series"
EVALUATE, REPORT, NOTICE = "evaluate", "compliance-report", "notice"
REPORT_TIME_LIMIT = 120


def _findings_of(job: Job) -> str:
    return f"{reverse('compliance:finding-list')}?area={job.area.code}&level={job.area.level}"


def _report_of(job: Job) -> str:
    return reverse("compliance:report-detail", args=[(job.result or {})["report"]])


@job(
    EVALUATE,
    verb=Permission.EVALUATE,
    title=_("核验"),
    steps={"judge": _("正在读取台账并逐项核验。"), "keep": _("正在保存核验结果。")},
    result_url=_findings_of,
)
def evaluate(running: RunningJob) -> dict[str, Any]:
    """Judge the job's area as of `on` by its tenant's pack."""
    on = date.fromisoformat(running.params["on"])
    running.progress(0, 2, "judge")
    with refused_plainly(CannotBeDone):
        assessment = assess(running.area, on, chosen_pack(running.area.tenant, on))
    running.progress(1, 2, "keep")
    run = actions.keep(assessment=assessment, by=running.by)
    running.progress(2, 2)
    return {"run": run.pk}


@job(
    REPORT,
    verb=Permission.BUILD_REPORT,
    title=_("合规报告"),
    queue="reports",
    time_limit=REPORT_TIME_LIMIT,
    steps={"print": _("正在核验并排版。")},
    result_url=_report_of,
)
def build_report(running: RunningJob) -> dict[str, Any]:
    """Build the next version of the area's report on `period`."""
    period = parse_period(running.params["period"])
    running.progress(0, 1, "print")
    with refused_plainly(CannotBeDone), collector.at_rest():
        report = actions.build_report(area=running.area, period=period, by=running.by)
    running.progress(1, 1)
    return {"report": report.pk}


def _notice_of(job: Job) -> str:
    return reverse("compliance:notice-detail", args=[job.params["notice"]])


@job(
    NOTICE,
    verb=Permission.ISSUE_NOTICE,
    title=_("通知"),
    queue="reports",
    time_limit=REPORT_TIME_LIMIT,
    steps={"print": _("正在排版。")},
    result_url=_notice_of,
)
def print_notice(running: RunningJob) -> dict[str, Any]:
    """Set the pages of a notice that has been issued."""
    notice = Notice.objects.select_related("area", "place", "run").get(pk=running.params["notice"])
    running.progress(0, 1, "print")
    with refused_plainly(CannotBeDone):
        actions.print_notice(notice=notice, by=running.by)
    running.progress(1, 1)
    return {"notice": notice.pk}


def request_paper(notice: Notice, *, by: User) -> Job:
    """Have both files of a notice made."""
    return jobs.request(
        kind=NOTICE,
        area=notice.area,
        params={"notice": notice.pk},
        by=by,
        effect_key=str(notice.pk),
    )


def request_report(area: Area, period: Period, *, by: User, series: str = "") -> Job:
    """Have a report built; one of a series is an effect of its own, so that it is ordered once."""
    return jobs.request(
        kind=REPORT,
        area=area,
        params={"period": period.name},
        by=by,
        effect_key=f"{series} {area.pk} {period.name}".strip(),
    )


@shared_task(name="compliance.evaluate_month")
def evaluate_month() -> None:
    """Have each tenant judged as of the last day of the month before, once.

    Asked often: whatever day beat comes back, the month is judged then.
    """
    last_day = timezone.localdate().replace(day=1) - timedelta(days=1)
    for tenant in Tenant.objects.filter(ended_at=None):
        with tenant_context(tenant.pk):
            _request_month(tenant, last_day)


def _request_month(tenant: Tenant, last_day: date) -> None:
    on = last_day.isoformat()
    root = Area.objects.in_force(last_day).filter(parent=None).first()
    month = Job.objects.filter(kind=EVALUATE, effect_key=f"{MONTHLY} {on}")
    if root is not None and not month.exists():
        jobs.request(
            kind=EVALUATE,
            area=root,
            params={"on": on},
            by=User.objects.system(tenant),
            effect_key=f"{MONTHLY} {on}",
        )


@shared_task(name="compliance.order_reports")
def order_reports() -> None:
    """Order the reports on the month and the quarter that are over, where a tenant asks for them.

    Each once, whatever became of it; asked as often as `evaluate_month`.
    """
    last_day = timezone.localdate().replace(day=1) - timedelta(days=1)
    for tenant in Tenant.objects.filter(ended_at=None):
        with tenant_context(tenant.pk):
            for period in _asked_for(tenant, last_day):
                _order_series(tenant, period)


def _asked_for(tenant: Tenant, last_day: date) -> Iterable[Period]:
    if tenant.monthly_reports:
        yield month_of(last_day)
    if tenant.quarterly_reports:
        this = quarter_of(last_day)
        yield this if this.last == last_day else quarter_of(this.first - timedelta(days=1))


def _order_series(tenant: Tenant, period: Period) -> None:
    """For the whole and for each district."""
    places = Area.objects.in_force(period.last)
    for area in places.filter(Q(parent=None) | Q(level=Area.Level.DISTRICT)).order_by("path"):
        key = f"{SERIES} {area.pk} {period.name}"
        if not Job.objects.filter(kind=REPORT, effect_key=key).exists():
            request_report(area, period, by=User.objects.system(tenant), series=SERIES)
