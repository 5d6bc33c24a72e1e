"""Workbooks sent in: the list and the form, what a check found, confirming and discarding."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs import ledgers
from jobs.actions import imports as actions
from jobs.forms import UploadForm
from jobs.imports.fault_list import fault_list
from jobs.imports.sheets import CONTENT_TYPE
from jobs.imports.template import write_template
from jobs.models import CityImport, Job
from jobs.views.jobs import shown
from tenancy.http import UserRequest, attachment
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404

ROWS = 50
State = CityImport.State


@once
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: UserRequest) -> HttpResponse:
    """Workbooks within reach, the newest first, and the form that takes another one."""
    _need_the_verb(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        city_import = actions.upload(content=form.cleaned_data["file"], by=request.user)
        return redirect("jobs:import-detail", city_import.pk)
    rows = CityImport.objects.visible_to(request.user).select_related("job", "uploaded_by", "area")
    page = Paginator(rows.defer("outcome").order_by("-uploaded_at", "-pk"), ROWS).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "kept_days": actions.KEPT.days}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/import_list.html", context, status=status)


def _need_the_verb(request: UserRequest) -> None:
    if not request.user.paths_where(Permission.IMPORT_CITY):
        raise PermissionDenied


@require_safe
def import_template(request: UserRequest) -> HttpResponse:
    """The empty workbook."""
    _need_the_verb(request)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "template.xlsx"
        write_template(file, list(ledgers.registered().values()))
        return attachment(file.read_bytes(), _("城市台账模板.xlsx"), CONTENT_TYPE)


@require_safe
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """How far a workbook is, everything a check found, and what confirming would write."""
    city_import = _visible(request, pk)
    context = {
        "import": city_import,
        "state": city_import.state,
        "counts": _in_the_workbooks_order(city_import.counts),
        "errors": _faults(request, city_import.errors, "page"),
        "warnings": _faults(request, city_import.warnings, "warnings"),
        "sheets": list(dict.fromkeys(_sheets(city_import))),
        "sheet": request.GET.get("sheet", ""),
        "may_decide": _reaches(request, city_import, Permission.IMPORT_CITY),
        "may_evaluate": _reaches(request, city_import, Permission.EVALUATE),
        **_job(request, city_import),
    }
    return render(request, "jobs/import_detail.html", context)


def _visible(request: UserRequest, pk: int) -> CityImport:
    rows = CityImport.objects.visible_to(request.user)
    rows = rows.select_related("job__area", "uploaded_by", "confirmed_by", "discarded_by", "area")
    return get_object_or_404(rows, pk=pk)  # type: ignore[no-any-return]


def _faults(request: UserRequest, faults: list[dict[str, Any]], parameter: str) -> Any:
    sheet = request.GET.get("sheet", "")
    narrowed = [fault for fault in faults if not sheet or fault["sheet"] == sheet]
    return Paginator(narrowed, ROWS).get_page(request.GET.get(parameter))


def _in_the_workbooks_order(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The database keeps the keys of an object in an order of its own."""
    return {sheet: counts[sheet] for sheet in ledgers.registered() if sheet in counts}


def _sheets(city_import: CityImport) -> list[str]:
    faults = [*city_import.errors, *city_import.warnings]
    return [fault["sheet"] for fault in faults if fault["sheet"]]


def _reaches(request: UserRequest, city_import: CityImport, verb: Permission) -> bool:
    path: str = city_import.area.path
    return path.startswith(request.user.paths_where(verb))


def _job(request: UserRequest, city_import: CityImport) -> dict[str, Any]:
    """The progress of the job, where it has not ended well or not ended."""
    job = city_import.job
    over = city_import.state in (State.APPLIED, State.DISCARDED, State.EXPIRED)
    if job is None or over or job.status is Job.State.DONE:
        return {"job": None}
    return shown(request, job)


@require_safe
def import_faults(request: UserRequest, pk: int) -> HttpResponse:
    """What was found, as a list to take to the workbook."""
    city_import = _visible(request, pk)
    content = fault_list(city_import.errors, city_import.warnings)
    return attachment(content, _("导入问题清单.xlsx"), CONTENT_TYPE)


@require_POST
def import_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Have the workbook written as it was checked."""
    try:
        actions.confirm(city_import=_decided(request, pk), by=request.user)
    except actions.NotConfirmable:
        messages.warning(request, _("现在不能导入这个文件：请看下面的状态。"))
    return redirect("jobs:import-detail", pk)


@require_POST
def import_discard(request: UserRequest, pk: int) -> HttpResponse:
    """Give the workbook up."""
    try:
        actions.discard(city_import=_decided(request, pk), by=request.user)
    except actions.NotDiscardable:
        messages.warning(request, _("现在不能放弃这个文件：请看下面的状态。"))
    return redirect("jobs:import-detail", pk)


def _decided(request: UserRequest, pk: int) -> CityImport:
    rows = CityImport.objects.visible_to(request.user).select_related("area").defer("outcome")
    found: CityImport = scoped_or_404(rows, request.user, Permission.IMPORT_CITY, pk=pk)
    return found
