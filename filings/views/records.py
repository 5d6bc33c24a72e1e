"""Records: listed, and one of them with its history."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filings.actions.submitting import may_withdraw_until
from filings.comparing import Change, changes
from filings.facts import sheet
from filings.forms import ExtendForm, RecordFilter, ReopenForm, ReturnForm
from filings.grid import blocks
from filings.listing import months_of, narrowed, next_verb
from filings.models import FilingPolicy, MonthlyRecord
from filings.reaching import holds, last_return, record_for, titled
from tenancy.http import UserRequest
from tenancy.permissions import Permission

ROWS = 50


@require_safe
def record_list(request: UserRequest) -> HttpResponse:
    """All within reach, the newest month first."""
    if not request.user.paths_where(Permission.VIEW_RECORD):
        raise PermissionDenied
    form = RecordFilter(months_of(request.user), request.GET)
    rows = MonthlyRecord.objects.visible_to(request.user).select_related("station")
    rows = narrowed(rows, form.cleaned_data if form.is_valid() else {})
    rows = rows.defer("figures", "texts", "unread", "explanations")
    page = Paginator(rows.order_by("-month", "station__code"), ROWS).get_page(
        request.GET.get("page")
    )
    verbs = request.user.verbs
    context = {
        "form": form,
        "page": page,
        "may_fill": Permission.FILL_RECORD in verbs,
        "may_review": {Permission.REVIEW_RECORD, Permission.ACCEPT_RECORD} & verbs,
        "may_set": Permission.SET_FILING in verbs,
    }
    return render(request, "filings/record_list.html", context)


@require_safe
def record_detail(request: UserRequest, pk: int) -> HttpResponse:
    """The record as it stands, and what the person may do with it."""
    return detail_page(request, record_for(request, pk, Permission.VIEW_RECORD))


def detail_page(
    request: UserRequest, record: MonthlyRecord, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """With a form that was sent and has to be mended, where there is one."""
    context = {
        **titled(record),
        **_said(request, record),
        **_offers(request, record),
        "events": record.events.select_related("by").order_by("-at", "-pk"),
        **forms,
        "form": next(iter(forms.values()), None),
    }
    return render(request, "filings/record_detail.html", context, status=status)


def _said(request: UserRequest, record: MonthlyRecord) -> dict[str, Any]:
    """What it says. A draft is its filers' own."""
    if record.submitted_at is None and not holds(request.user, record, Permission.FILL_RECORD):
        return {"blocks": [], "changes": []}
    found = sheet(record)
    return {"blocks": blocks(found, record), "changes": since_the_return(record)}


def since_the_return(record: MonthlyRecord) -> list[Change]:
    """What the filer has changed after the last return."""
    back = last_return(record) if record.submitted_at and record.round > 1 else None
    if back is None:
        return []
    before, after = (back.figures, back.texts), (record.figures, record.texts)
    return changes(record.template.form, before, after)


def _offers(request: UserRequest, record: MonthlyRecord) -> dict[str, Any]:
    reviewing = _may_review(request, record)
    reopening = bool(record.accepted_at or record.locked_at)
    extending = record.is_fillable and record.returned_at is None
    version = {"version": record.version}
    policy = FilingPolicy.objects.visible_to(request.user).current()
    back = {**version, "workdays": policy.return_workdays}
    may_reopen = reopening and holds(request.user, record, Permission.REOPEN_RECORD)
    may_extend = extending and holds(request.user, record, Permission.EXTEND_RECORD)
    return {
        "may_fill": record.is_fillable and holds(request.user, record, Permission.FILL_RECORD),
        "may_withdraw": _may_withdraw(request, record, policy),
        "returning": reviewing,
        "accepts": next_verb(record) == Permission.ACCEPT_RECORD,
        "return_form": ReturnForm(initial=back) if reviewing else None,
        "reopen_form": ReopenForm(record) if may_reopen else None,
        "extend_form": ExtendForm(record) if may_extend else None,
    }


def _may_review(request: UserRequest, record: MonthlyRecord) -> bool:
    waits = record.submitted_at is not None and record.accepted_at is None
    own = record.submitted_by_id == request.user.pk
    return waits and not own and holds(request.user, record, next_verb(record))


def _may_withdraw(request: UserRequest, record: MonthlyRecord, policy: FilingPolicy) -> bool:
    if record.submitted_at is None or not holds(request.user, record, Permission.SUBMIT_RECORD):
        return False
    until: Any = may_withdraw_until(record, policy)
    return until is not None and timezone.now() <= until
