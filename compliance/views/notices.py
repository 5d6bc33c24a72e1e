"""Notices: listed, issued on chosen findings, read, taken away, withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance import actions, tasks
from compliance.actions.notices import AlreadyWithdrawn, NumberTaken
from compliance.forms.notices import NoticeFilter, NoticeForm, WithdrawForm
from compliance.lines import line_of
from compliance.models import Notice, RunFinding
from compliance.notices.choosing import ASKING, MOST, Choice, chosen
from compliance.notices.contents import contents_of
from compliance.notices.refused import REFUSALS, in_words
from compliance.views.archive import taken_away
from compliance.views.findings import listed
from jobs.models import Job
from tenancy.areas.lookup import places
from tenancy.http import UserRequest
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tenancy.views.sign_in import REFUSED

ROWS = 50


@require_safe
def notice_list(request: UserRequest) -> HttpResponse:
    """All within reach, the newest first."""
    if not request.user.paths_where(Permission.VIEW_FINDING):
        raise PermissionDenied
    form = NoticeFilter(request.GET)
    rows = Notice.objects.visible_to(request.user).select_related("place")
    if form.is_valid() and form.cleaned_data["kind"]:
        rows = rows.filter(kind=form.cleaned_data["kind"])
    page = Paginator(rows.order_by("-issued_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    return render(request, "compliance/notice_list.html", {"page": page, "form": form})


@once
@require_http_methods(["GET", "HEAD", "POST"])
def notice_new(request: UserRequest) -> HttpResponse:
    """The form on chosen findings; it is issued at once, and a job sets its pages."""
    try:
        choice = chosen(request.user, _keys(request))
    except REFUSALS as refusal:
        context = {"sentence": in_words(refusal)}
        status = REFUSED if request.method == "POST" else 200
        return render(request, "compliance/notice_none.html", context, status=status)
    form = NoticeForm(choice, request.POST or None)
    if form.is_valid() and (notice := _issued(request, choice, form)):
        job = tasks.request_paper(notice, by=request.user)
        return redirect("jobs:job-detail", job.pk)
    return _form_page(request, choice, form)


def _keys(request: UserRequest) -> list[str]:
    """The findings that were ticked, or all that the list's filter finds (`every`)."""
    if request.method == "POST" or "every" not in request.GET:
        given = request.POST if request.method == "POST" else request.GET
        return given.getlist("finding")
    _area, _form, rows = listed(request)
    own = rows.visible_to(request.user, Permission.ISSUE_NOTICE).filter(status__in=ASKING)
    return [str(key) for key in own.values_list("pk", flat=True)[: MOST + 1]]


def _issued(request: UserRequest, choice: Choice, form: NoticeForm) -> Notice | None:
    try:
        return actions.issue_notice(choice=choice, by=request.user, **form.cleaned_data)
    except NumberTaken:
        form.refuse_number()
    return None


def _form_page(request: UserRequest, choice: Choice, form: NoticeForm) -> HttpResponse:
    context = {
        "form": form,
        "keys": [one.pk for one in choice.findings],
        "lines": [line_of(one) for one in choice.findings],
        "places": places(request.user, choice.place),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "compliance/notice_new.html", context, status=status)


@require_safe
def notice_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What a notice says, and its files."""
    return _page(request, _notice(request, pk), WithdrawForm())


def _notice(request: UserRequest, pk: int) -> Notice:
    rows = Notice.objects.visible_to(request.user)
    rows = rows.select_related("area", "place", "run", "issued_by", "withdrawn_by")
    found: Notice = scoped_or_404(rows, request.user, Permission.VIEW_FINDING, pk=pk)
    return found


def _page(request: UserRequest, notice: Notice, form: WithdrawForm) -> HttpResponse:
    may = Notice.objects.visible_to(request.user, Permission.ISSUE_NOTICE).in_force()
    named = RunFinding.objects.visible_to(request.user).filter(named__notice=notice)
    context: dict[str, Any] = {
        "notice": notice,
        "contents": contents_of(notice),
        "lines": [
            line_of(one) for one in named.select_related("run", "place").order_by("named__order")
        ],
        "form": form,
        "may_withdraw": may.filter(pk=notice.pk).exists(),
        "job": _job(request, notice),
        "places": places(request.user, notice.place),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "compliance/notice_detail.html", context, status=status)


def _job(request: UserRequest, notice: Notice) -> Job | None:
    """What makes the files, while they are not there."""
    if notice.file:
        return None
    rows = Job.objects.visible_to(request.user).filter(kind=tasks.NOTICE)
    found: Job | None = rows.filter(effect_key=str(notice.pk)).order_by("pk").last()
    return found


@require_safe
def notice_file(request: UserRequest, pk: int) -> HttpResponse:
    """The paper; taking it away is written down."""
    notice = _notice(request, pk)
    return taken_away(request, notice, notice.file, "pdf", name=_name(notice))


@require_safe
def notice_document(request: UserRequest, pk: int) -> HttpResponse:
    """The document to edit; taking it away is written down."""
    notice = _notice(request, pk)
    return taken_away(request, notice, notice.document, "docx", name=_name(notice))


def _name(notice: Notice) -> str:
    return f"{notice.number}{notice.get_kind_display()}"


@require_POST
def notice_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Let it hold no longer, for a reason."""
    notice = _notice(request, pk)
    scoped_or_404(Notice, request.user, Permission.ISSUE_NOTICE, pk=pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, notice, form)
    try:
        reason = form.cleaned_data["reason"]
        actions.withdraw_notice(notice=notice, reason=reason, by=request.user)
    except AlreadyWithdrawn:
        messages.info(request, _("这份通知已经撤回。"))
    else:
        messages.success(request, _("通知已撤回。查验时会显示已撤回。"))
    return redirect("compliance:notice-detail", pk)
