"""Filling a record in: the grid, its drafts, the summary before filing, and taking it back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filings import actions
from filings.cells import Given, UnknownCells
from filings.comparing import differences
from filings.facts import Sheet, sheet
from filings.grid import blocks, shown
from filings.models import MonthlyRecord
from filings.reaching import (
    draft_for,
    holds,
    last_return,
    record_for,
    titled,
    why_not_fillable,
)
from tenancy.http import UserRequest
from tenancy.permissions import Permission
from tenancy.versions import Stale

CELL, WHY = "cell.", "why."
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request: UserRequest, pk: int) -> HttpResponse:
    """The form of a station's month, each cell with what is known beside it."""
    record = record_for(request, pk, Permission.FILL_RECORD)
    if request.method == "POST":
        return _keep(request, record)
    if not record.is_fillable:
        messages.info(request, why_not_fillable(record))
        return redirect("filings:record-detail", record.pk)
    found = sheet(record)
    parts = blocks(found, record)
    context = {
        **titled(record),
        **_problems(request, found),
        "blocks": parts,
        "days_left": (record.answer_by - timezone.localdate()).days,
        "returned": last_return(record) if record.returned_at else None,
        "marked": [found.form.indicators[code] for code in record.marked],
        "may_submit": holds(request.user, record, Permission.SUBMIT_RECORD),
    }
    return render(request, "filings/record_edit.html", context)


def _problems(request: UserRequest, found: Sheet) -> dict[str, Any]:
    """What stands in the way of filing, told once the person has asked for it."""
    checked = "check" in request.GET
    indicators = found.form.indicators
    return {
        "checked": checked,
        "hard": [(indicators[one.cell].name, one) for one in found.hard if checked],
        "unexplained": [(indicators[one.cell].name, one) for one in found.unexplained if checked],
    }


def _keep(request: UserRequest, record: MonthlyRecord) -> HttpResponse:
    """Save the draft whatever it holds, then go where the person wanted."""
    given = given_in(request.POST)
    try:
        actions.save(record=record, seen=_version(request.POST), given=given, by=request.user)
    except Stale:
        return _compare(request, record, given)
    except actions.NotFillable as refused:
        return _compare(request, refused.record, given, why_not_fillable(refused.record))
    except UnknownCells as refused:
        raise BadRequest("cells that the template has not") from refused
    if request.POST.get("act") == "check":
        return _checked(record)
    messages.success(request, _("草稿已保存。"))
    return redirect("filings:record-edit", record.pk)


def given_in(data: QueryDict) -> Given:
    """What a form sends: cells and explanations by their codes."""
    return Given(_after(CELL, data), _after(WHY, data))


def _after(prefix: str, data: QueryDict) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(value)
        for name, value in data.items()
        if name.startswith(prefix)
    }


def _version(data: Mapping[str, Any]) -> int:
    try:
        return int(data.get("version", ""))
    except ValueError as error:
        raise BadRequest("the form carries no version") from error


def _checked(record: MonthlyRecord) -> HttpResponse:
    """On to the summary, or back to what has to be mended."""
    found = sheet(record)
    if found.hard or found.unexplained:
        address = redirect("filings:record-edit", record.pk)
        address["Location"] += "?check=1"
        return address
    return redirect("filings:record-confirm", record.pk)


def _compare(
    request: UserRequest, record: MonthlyRecord, given: Given, refusal: str = ""
) -> HttpResponse:
    """What the person typed beside what stands now; nothing typed is lost."""
    now = record_for(request, record.pk, Permission.FILL_RECORD)
    context = {
        **titled(now),
        "differences": differences(sheet(now), given),
        "refusal": refusal,
    }
    return render(request, "filings/record_compare.html", context, status=CONFLICT)


@require_http_methods(["PATCH"])
def record_draft(request: UserRequest, pk: int) -> HttpResponse:
    """Keep the cells that changed; answers in small JSON what became of them."""
    record = draft_for(request, pk, Permission.FILL_RECORD)
    data = QueryDict(request.body)
    try:
        actions.save(record=record, seen=_version(data), given=given_in(data), by=request.user)
    except Stale:
        return JsonResponse({"problem": "conflict-version"}, status=CONFLICT)
    except actions.NotFillable as refused:
        told = {"problem": "record-locked", "detail": why_not_fillable(refused.record)}
        return JsonResponse(told, status=CONFLICT)
    except UnknownCells as refused:
        raise BadRequest("cells that the template has not") from refused
    return JsonResponse(_drafted(record))


def _drafted(record: MonthlyRecord) -> dict[str, Any]:
    found = sheet(record)
    return {
        "version": record.version,
        "at": f"{timezone.localtime(record.saved_at):%H:%M}",
        "computed": {one.code: shown(found.here.get(one.code), one) for one in found.form.computed},
        "wrong": {one.cell: one.message for one in found.hard if one.code.startswith("unread")},
    }


@require_http_methods(["GET", "HEAD", "POST"])
def record_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """The summary of what is to be filed; a POST files exactly that."""
    if request.method == "POST":
        return _file(request, draft_for(request, pk, Permission.SUBMIT_RECORD))
    record = record_for(request, pk, Permission.SUBMIT_RECORD)
    if not record.is_fillable:
        messages.info(request, why_not_fillable(record))
        return redirect("filings:record-detail", record.pk)
    found = sheet(record)
    if found.hard or found.unexplained:
        return _checked(record)
    context = {**titled(record), "sheet": found, "blocks": blocks(found, record)}
    return render(request, "filings/record_confirm.html", context)


def _file(request: UserRequest, record: MonthlyRecord) -> HttpResponse:
    try:
        actions.submit(record=record, seen=_version(request.POST), given=Given(), by=request.user)
    except actions.Blocked:
        return _checked(record)
    except Stale:
        messages.warning(request, _("这份月报刚被他人改过，还没有报送。请重新核对后再报送。"))
        return redirect("filings:record-confirm", record.pk)
    except actions.AlreadyFiled as already:
        told = {"receipt": already.record.receipt}
        messages.info(request, _("这份月报已经报送过，回执 %(receipt)s，没有重复报送。") % told)
    except actions.NotFillable as refused:
        messages.warning(request, why_not_fillable(refused.record))
    else:
        messages.success(request, _("已报送，回执 %s。") % record.receipt)
    return redirect("filings:record-detail", record.pk)


@require_POST
def record_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a filed record back while nobody has looked."""
    record = record_for(request, pk, Permission.SUBMIT_RECORD)
    try:
        actions.withdraw(record=record, by=request.user)
    except actions.NotWithdrawable:
        messages.warning(
            request, _("不能撤回：审核人已经打开，或已过可撤回的时间。需要修改请联系审核人退回。")
        )
        return redirect("filings:record-detail", record.pk)
    messages.success(request, _("已撤回，可以继续修改。"))
    return redirect("filings:record-edit", record.pk)
