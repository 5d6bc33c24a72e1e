"""Filling in by workbook: taking one along, sending it in, looking at it, having it written."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filings.actions import workbooks as actions
from filings.forms import FilledForm
from filings.listing import month_named
from filings.models import MonthlyRecord, RecordWorkbook
from filings.workbooks.annotating import annotated
from filings.workbooks.reading import read_file
from filings.workbooks.showing import Part, parts
from filings.workbooks.standing import sheets_of, to_fill, whole
from filings.workbooks.writing import filled_workbook
from jobs.imports.sheets import CONTENT_TYPE
from jobs.workbook.refusal import Refused
from stations.models import Station
from tenancy import audit
from tenancy.http import UserRequest, attachment
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404

ROWS = 50
PARTS = 20
# So many records make a sheet that is still read at once.
MOST_RECORDS = 300


@once
@require_http_methods(["GET", "HEAD", "POST"])
def workbook_list(request: UserRequest) -> HttpResponse:
    """What can be taken along, the form that takes it back, and what one has sent in."""
    _need_the_verb(request)
    form = FilledForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        workbook = actions.upload_workbook(content=form.cleaned_data["file"], by=request.user)
        return redirect("filings:workbook-detail", workbook.pk)
    rows = RecordWorkbook.objects.visible_to(request.user).defer("outcome", "changes")
    page = Paginator(rows.order_by("-uploaded_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "kept_days": actions.KEPT.days,
        **_offered(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "filings/workbook_list.html", context, status=status)


def _need_the_verb(request: UserRequest) -> None:
    if not request.user.paths_where(Permission.FILL_RECORD):
        raise PermissionDenied


def _offered(request: UserRequest) -> dict[str, Any]:
    """The months and stations with something to fill in."""
    rows = to_fill(request.user)
    months = rows.order_by("-month").values_list("month", flat=True).distinct()
    stations = rows.order_by("station__code").values_list("station", "station__name").distinct()
    return {"months": [*months], "stations": [*stations[:MOST_RECORDS]]}


@require_safe
def workbook_blank(request: UserRequest) -> HttpResponse:
    """The records of a month that one may fill in, as they stand: of all stations, or of one."""
    station = _station(request)
    _need_the_verb(request)
    rows = to_fill(request.user)
    rows = rows.filter(station=station) if station else rows
    month = month_named(request.GET.get("month", "")) or _newest(rows)
    rows = rows.filter(month=month)
    if not 0 < (count := rows.count()) <= MOST_RECORDS:
        messages.warning(request, _why_none(count))
        return redirect("filings:workbook-list")
    records = whole(rows)
    content = filled_workbook(records, sheets_of(records))
    _note(request, records)
    told = {"who": records[0].station.name if station else "", "month": f"{month:%Y%m}"}
    return attachment(content, _("%(who)s月报填报表%(month)s.xlsx") % told, CONTENT_TYPE)


def _station(request: UserRequest) -> Station | None:
    """The station of the address, where it names one."""
    key = request.GET.get("station", "")
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    station: Station = scoped_or_404(Station, request.user, Permission.FILL_RECORD, pk=int(key))
    return station


def _newest(rows: Any) -> date | None:
    newest: date | None = rows.order_by("-month").values_list("month", flat=True).first()
    return newest


def _why_none(count: int) -> str:
    if count:
        return _("社工站太多，一张表放不下。请逐站下载。")
    return _("没有可填报的月报：还没有开启，或已经报送、锁定。")


def _note(request: UserRequest, records: list[MonthlyRecord]) -> None:
    alone = records[0] if len(records) == 1 else None
    audit.record(
        verb="download-workbook",
        by=request.user,
        target=alone,
        place=alone.station.area.path if alone else "",
        detail={"month": f"{records[0].month:%Y-%m}", "records": len(records)},
    )


@require_safe
def workbook_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that is wrong, or what confirming would write, station by station."""
    workbook = _own(request, pk)
    page = Paginator(workbook.changes, PARTS).get_page(request.GET.get("page"))
    found: list[Part] = parts(request.user, page.object_list)
    context = {
        "workbook": workbook,
        "state": workbook.state,
        "errors": Paginator(workbook.errors, ROWS).get_page(request.GET.get("faults")),
        "page": page,
        "parts": found,
        "stale": [part for part in found if part.is_stale],
        "may_annotate": bool(workbook.file) and _has_rows(workbook),
    }
    return render(request, "filings/workbook_detail.html", context)


def _has_rows(workbook: RecordWorkbook) -> bool:
    """A file that could not be read at all has one fault, of no row."""
    return not workbook.errors or any(fault["row"] for fault in workbook.errors)


def _own(request: UserRequest, pk: int) -> RecordWorkbook:
    """To all but its sender it does not exist."""
    rows = RecordWorkbook.objects.visible_to(request.user).select_related("area")
    found: RecordWorkbook = get_object_or_404(rows, pk=pk)
    _need_the_verb(request)
    return found


@require_safe
def workbook_annotated(request: UserRequest, pk: int) -> HttpResponse:
    """The sheet that was sent in, with what is wrong beside each row."""
    workbook = _own(request, pk)
    try:
        sheet = read_file(Path(workbook.file.path)) if workbook.file else None
    except Refused:
        sheet = None
    if sheet is None:
        messages.warning(request, _("文件已经删除或无法读取，不能标注。"))
        return redirect("filings:workbook-detail", pk)
    content = annotated(sheet, workbook, request.user)
    name = _("%(name)s（标注）.xlsx") % {"name": Path(workbook.file_name).stem}
    return attachment(content, name, CONTENT_TYPE)


@require_POST
def workbook_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Write the workbook as it was checked; or check it once more."""
    workbook = _own(request, pk)
    try:
        if request.POST.get("act") == "check":
            actions.check_workbook(workbook=workbook, by=request.user)
            messages.info(request, _("已按现在的月报重新检查。"))
        else:
            actions.confirm_workbook(workbook=workbook, by=request.user)
    except actions.NotConfirmable:
        messages.warning(request, _("现在不能写入这个文件：请看下面的状态。"))
    except actions.OutOfDate as changed:
        told = _("%(station)s的月报在检查之后有了变化，这个文件没有写入任何内容。请重新检查。")
        messages.warning(request, told % {"station": changed.station or _("有社工站")})
    return redirect("filings:workbook-detail", pk)
