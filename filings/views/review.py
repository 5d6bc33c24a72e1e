"""Reviewing: the queue, one record or many passed on, records returned, reopened, extended."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filings import actions
from filings.actions.reopening import NotExtendable
from filings.actions.reviewing import PastTheLock, Return
from filings.clocks import workdays_on
from filings.forms import ExtendForm, RecordFilter, ReopenForm, ReturnForm
from filings.listing import awaiting, months_of, narrowed, next_verb
from filings.models import MonthlyRecord
from filings.reaching import WITH_ALL, holds, record_for
from filings.views.records import detail_page
from tenancy.http import UserRequest
from tenancy.permissions import Permission

ROWS = 50
REFUSED, CONFLICT = 422, 409


@require_safe
def review_queue(request: UserRequest) -> HttpResponse:
    """What waits for the person, the oldest first."""
    _need_the_verb(request)
    form = RecordFilter(months_of(request.user), request.GET)
    rows = narrowed(awaiting(request.user), form.cleaned_data if form.is_valid() else {})
    rows = rows.select_related("station", "submitted_by").defer("figures", "texts", "unread")
    page = Paginator(rows.order_by("submitted_at", "pk"), ROWS).get_page(request.GET.get("page"))
    return render(request, "filings/review_queue.html", {"form": form, "page": page})


def _need_the_verb(request: UserRequest) -> None:
    if not request.user.paths_where(Permission.VIEW_RECORD):
        raise PermissionDenied


@require_POST
def record_open(request: UserRequest, pk: int) -> HttpResponse:
    """Begin to look at a filed record: its filer no longer takes it back."""
    record = _to_review(request, pk)
    actions.open_for_review(record=record, by=request.user)
    return redirect("filings:record-detail", record.pk)


def _to_review(request: UserRequest, pk: int) -> MonthlyRecord:
    """A record that the person may pass on as it stands: as the street, or as who accepts."""
    record = record_for(request, pk, Permission.VIEW_RECORD)
    if not holds(request.user, record, next_verb(record)):
        raise PermissionDenied
    return record


@require_POST
def record_accept(request: UserRequest, pk: int) -> HttpResponse:
    """Pass one record on, and go to the next in the queue."""
    record = _to_review(request, pk)
    refused = _pass_on(request, record, _version(request))
    if refused:
        messages.warning(request, refused)
        return redirect("filings:record-detail", record.pk)
    messages.success(request, _("%s：已通过。") % record)
    following = awaiting(request.user).order_by("submitted_at", "pk").first()
    if following is None:
        return redirect("filings:review-queue")
    return redirect("filings:record-detail", following.pk)


def _version(request: UserRequest) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError as error:
        raise BadRequest("the form carries no version") from error


def _pass_on(request: UserRequest, record: MonthlyRecord, seen: int) -> str:
    """The sentence that says why not, empty where it is done."""
    is_last = next_verb(record) == Permission.ACCEPT_RECORD
    verb = actions.accept if is_last else actions.accept_by_street
    try:
        verb(record=record, seen=seen, by=request.user)
    except actions.OwnRecord:
        return _("不能审核自己报送的月报，请由其他人审核。")
    except actions.StreetFirst:
        return _("镇街还没有审核，请在镇街审核后接收。")
    except actions.NotAwaitingReview as refused:
        state = refused.record.state.label
        return _("没有通过：这份月报现在是“%s”，内容可能已被他人改动，请重新打开核对。") % state
    return ""


@require_POST
def records_accept(request: UserRequest) -> HttpResponse:
    """Pass on the chosen ones that no check has anything to say about."""
    _need_the_verb(request)
    keys = [key for key in request.POST.getlist("record") if key.isdecimal() and len(key) < 19]
    rows = awaiting(request.user).filter(pk__in=keys[:ROWS]).select_related(*WITH_ALL)
    done, left = 0, 0
    for record in rows.order_by("pk"):
        if record.explanations or _pass_on(request, record, record.version):
            left += 1
        else:
            done += 1
    left += len(keys) - done - left
    told = ngettext("已通过 %(done)s 份。", "已通过 %(done)s 份。", done) % {"done": done}
    messages.success(request, told)
    if left:
        messages.warning(
            request, _("%s 份没有批量通过：有需要说明的检查，或状态已变，请逐份审核。") % left
        )
    return redirect("filings:review-queue")


@require_POST
def record_return(request: UserRequest, pk: int) -> HttpResponse:
    """Send a record back with reasons, marked cells and a day."""
    record = _to_review(request, pk)
    form = ReturnForm(request.POST)
    cells = [
        code for code in request.POST.getlist("cells") if code in record.template.form.indicators
    ]
    if not form.is_valid():
        return detail_page(request, record, status=REFUSED, return_form=form, ticked=cells)
    back = Return(
        reasons=form.cleaned_data["reasons"],
        comment=form.cleaned_data["comment"],
        mend_by=workdays_on(form.cleaned_data["workdays"]),
        cells=cells,
    )
    refused = _send_back(request, record, form.cleaned_data["version"], back)
    if refused:
        return _not_done(request, pk, refused, return_form=form, ticked=cells)
    messages.success(request, _("%s：已退回，填报人已收到消息。") % record)
    return redirect("filings:review-queue")


def _send_back(request: UserRequest, record: MonthlyRecord, seen: int, back: Return) -> str:
    try:
        actions.return_record(record=record, seen=seen, back=back, by=request.user)
    except actions.OwnRecord:
        return _("不能审核自己报送的月报，请由其他人审核。")
    except PastTheLock:
        return _("已过锁定日，不能退回。请先接收，再用“重开”并写明理由和期限。")
    except actions.NotAwaitingReview as refused:
        state = refused.record.state.label
        return _("没有退回：这份月报现在是“%s”，可能有改动。请看过现在的内容再退回。") % state
    return ""


@require_http_methods(["POST"])
def record_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Give an archived record back to its filer until a day."""
    record = record_for(request, pk, Permission.REOPEN_RECORD)
    form = ReopenForm(record, request.POST)
    if not form.is_valid():
        return detail_page(request, record, status=REFUSED, reopen_form=form)
    said = form.cleaned_data
    try:
        actions.reopen(
            record=record,
            seen=said["version"],
            reason=said["reason"],
            until=said["until"],
            by=request.user,
        )
    except actions.NotReopenable as refused:
        return _not_done(request, pk, _why_not_reopened(refused.record), reopen_form=form)
    messages.success(request, _("已重开，填报人可以修改到 %s。") % said["until"])
    return redirect("filings:record-detail", record.pk)


def _why_not_reopened(now: MonthlyRecord) -> str:
    if now.accepted_at or now.locked_at:
        return _("没有重开：您打开页面后，这份月报有改动。请看过现在的内容，再点一次“重开”。")
    return _("没有重开：只有已接收或已锁定的月报可以重开。")


@require_http_methods(["POST"])
def record_extend(request: UserRequest, pk: int) -> HttpResponse:
    """Let a record be due later."""
    record = record_for(request, pk, Permission.EXTEND_RECORD)
    form = ExtendForm(record, request.POST)
    if not form.is_valid():
        return detail_page(request, record, status=REFUSED, extend_form=form)
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    try:
        actions.extend(record=record, until=until, reason=reason, by=request.user)
    except NotExtendable:
        refused = _("没有延期：这份月报已报送、已锁定，或日期不晚于现在的应报日。")
        return _not_done(request, pk, refused, extend_form=form)
    messages.success(request, _("已延至 %s。") % until)
    return redirect("filings:record-detail", record.pk)


def _not_done(request: UserRequest, pk: int, refused: str, **forms: Any) -> HttpResponse:
    """The record as it stands now, with the refusal above what the person had written."""
    now = record_for(request, pk, Permission.VIEW_RECORD)
    form = next(iter(forms.values()))
    form.add_error(None, refused)
    form.take_up(now.version)
    return detail_page(request, now, status=CONFLICT, **forms)
