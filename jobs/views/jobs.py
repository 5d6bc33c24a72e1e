"""Jobs under way and ended: listed, watched, cancelled, tried again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobs import actions, registry
from jobs.models import Job
from tenancy.columns import Column
from tenancy.http import UserRequest
from tenancy.scoping import scoped_or_404

ROWS = 50
RETRIED = (Job.State.FAILED, Job.State.CANCELLED, Job.State.EXPIRED)


@require_safe
def job_list(request: UserRequest) -> HttpResponse:
    """Own jobs and those within reach, the newest first."""
    rows = Job.objects.visible_to(request.user).select_related("area", "requested_by")
    state = request.GET.get("state", "")
    if state in Job.State.values:
        rows = rows.in_state(state)
    page = Paginator(rows.order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    columns = [
        Column(_("任务")),
        Column(_("区划")),
        Column(_("状态")),
        Column(_("提交人"), wide=True),
        Column(_("提交时间")),
        Column(_("结束时间"), wide=True),
    ]
    context = {"page": page, "columns": columns, "states": Job.State.choices, "state": state}
    return render(request, "jobs/job_list.html", context)


@require_safe
def job_detail(request: UserRequest, pk: int) -> HttpResponse:
    """How far a job is, what came of it, and what can be done with it."""
    return render(request, "jobs/job_detail.html", shown(request, _job(request, pk)))


@require_safe
def job_progress(request: UserRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while the job runs."""
    context = shown(request, _job(request, pk))
    return render(request, "_components/job_progress.html", context)


@require_POST
def job_cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Whoever sees a job may stop it."""
    try:
        actions.cancel(job=_job(request, pk), by=request.user)
    except actions.AlreadyEnded:
        messages.warning(request, _("任务已经结束，不能再取消。"))
    return redirect("jobs:job-detail", pk)


@require_POST
def job_retry(request: UserRequest, pk: int) -> HttpResponse:
    """Only with the verb of its kind may a job be tried again."""
    job = _job(request, pk)
    kind = registry.find(job.kind)
    if kind is None:
        raise PermissionDenied
    scoped_or_404(Job, request.user, kind.verb, pk=pk)
    try:
        actions.retry(job=job, by=request.user)
    except actions.NotFailed:
        messages.warning(request, _("任务没有失败，不需要重试。"))
    except actions.AlreadyUnderWay:
        messages.warning(request, _("同样的任务正在进行，请等它结束。"))
    return redirect("jobs:job-detail", pk)


def _job(request: UserRequest, pk: int) -> Job:
    rows = Job.objects.visible_to(request.user).select_related("area", "requested_by")
    return get_object_or_404(rows, pk=pk)  # type: ignore[no-any-return]


def shown(request: UserRequest, job: Job) -> dict[str, Any]:
    """What the component of a job's progress needs."""
    under_way = job.ended_at is None
    stoppable = under_way and job.cancel_requested_at is None
    return {
        "job": job,
        "next_step": _next_step(job),
        "poll_url": reverse("jobs:job-progress", args=[job.pk]) if under_way else "",
        "cancel_url": reverse("jobs:job-cancel", args=[job.pk]) if stoppable else "",
        "retry_url": reverse("jobs:job-retry", args=[job.pk]) if _may_retry(request, job) else "",
        "result_url": job.result_url,
        "result_label": _("查看结果"),
    }


def _next_step(job: Job) -> str:
    if job.ended_at:
        return ""
    if job.cancel_requested_at:
        return _("正在取消。")
    if job.status is Job.State.QUEUED and job.attempt:
        return _("第 %(attempt)s 次执行没有完成，稍后自动再试。") % {"attempt": job.attempt}
    return job.step_name


def _may_retry(request: UserRequest, job: Job) -> bool:
    kind = registry.find(job.kind)
    if kind is None or job.status not in RETRIED:
        return False
    return Job.objects.visible_to(request.user, kind.verb).filter(pk=job.pk).exists()
