"""Reports: the archive, a new one, its preview and its file."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from compliance import tasks
from compliance.forms.reports import ReportForm
from compliance.models import Report
from compliance.refusals import refused_plainly
from compliance.reports.contents import Contents, contents_of
from compliance.reports.preview import is_wide, preview_of
from compliance.views.archive import taken_away
from tenancy.areas.lookup import area_or_404, places
from tenancy.http import UserRequest
from tenancy.models import Area
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404

ROWS = 50


@require_safe
def report_list(request: UserRequest) -> HttpResponse:
    """The archive within reach, the newest first."""
    if not request.user.paths_where(Permission.VIEW_FINDING):
        raise PermissionDenied
    rows = Report.objects.visible_to(request.user).with_successor()
    rows = rows.select_related("area", "run", "requested_by").order_by("-created_at", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    may_build = bool(request.user.paths_where(Permission.BUILD_REPORT))
    return render(request, "compliance/report_list.html", {"page": page, "may_build": may_build})


@once
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: UserRequest) -> HttpResponse:
    """Choose, read what the report would say, order it; it is built by a job."""
    chosen = request.method == "POST" or "period" in request.GET
    if not chosen:
        return _choice(request, ReportForm(request.user, area=_asked_for(request)))
    if not request.user.paths_where(Permission.BUILD_REPORT):
        raise PermissionDenied
    return _order(request) if request.method == "POST" else _previewed(request)


def _previewed(request: UserRequest) -> HttpResponse:
    form = ReportForm(request.user, request.GET)
    return _choice(request, form, _preview(request, form))


def _choice(
    request: UserRequest, form: ReportForm, preview: Contents | None = None
) -> HttpResponse:
    context = {"form": form, "contents": preview}
    status = 422 if form.errors else 200
    return render(request, "compliance/report_new.html", context, status=status)


def _preview(request: UserRequest, form: ReportForm) -> Contents | None:
    """What the report would say now; none of what cannot be had, or not at once."""
    if not form.is_valid() or is_wide(form.cleaned_data["area"]):
        return None
    try:
        with refused_plainly(ValidationError):
            return preview_of(*form.chosen, request.user)
    except ValidationError as refused:
        form.add_error(None, refused)
    return None


def _order(request: UserRequest) -> HttpResponse:
    form = ReportForm(request.user, request.POST)
    if not form.is_valid():
        return _choice(request, form)
    area, period = form.chosen
    job = tasks.request_report(area, period, by=request.user)
    return redirect("jobs:job-detail", job.pk)


def _asked_for(request: UserRequest) -> Area | None:
    """The area whose page led here, if one did."""
    code, level = request.GET.get("area", "").strip(), request.GET.get("level", "")
    if code:
        return area_or_404(request.user, code, level, Permission.BUILD_REPORT)
    if not request.user.paths_where(Permission.BUILD_REPORT):
        raise PermissionDenied
    return None


@require_safe
def report_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What a report says, and its file."""
    report = _report(request, pk)
    context = {
        "report": report,
        "contents": contents_of(report),
        "places": places(request.user, report.area),
    }
    return render(request, "compliance/report_detail.html", context)


@require_safe
def report_file(request: UserRequest, pk: int) -> HttpResponse:
    """The archived PDF; taking it away is written down."""
    report = _report(request, pk)
    return taken_away(request, report, report.file, "pdf", name=_name(report))


@require_safe
def report_workbook(request: UserRequest, pk: int) -> HttpResponse:
    """The archived workbook; taking it away is written down."""
    report = _report(request, pk)
    return taken_away(request, report, report.workbook, "xlsx", name=_name(report))


def _name(report: Report) -> str:
    return f"{report.area.name}{report.period}社工服务站合规情况报告"


def _report(request: UserRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(request.user).with_successor()
    rows = rows.select_related("area__tenant", "run", "replaces")
    found: Report = scoped_or_404(rows, request.user, Permission.VIEW_FINDING, pk=pk)
    return found
