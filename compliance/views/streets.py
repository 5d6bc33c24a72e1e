"""Reports of all streets below an area: ordered together, taken away together."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance import tasks
from compliance.forms.reports import last_quarter
from compliance.forms.streets import StreetReportsForm
from compliance.reports.streets import newest, packed, street_reports, streets_of
from tenancy import audit
from tenancy.areas.lookup import area_or_404, places
from tenancy.http import UserRequest, attachment
from tenancy.models import Area
from tenancy.once import once
from tenancy.periods import UnknownPeriod, parse_period
from tenancy.permissions import Permission


@once
@require_http_methods(["GET", "HEAD", "POST"])
def street_report_list(request: UserRequest, code: str) -> HttpResponse:
    """Each street's report on a period; ordering those of all at once."""
    if request.method == "POST":
        area, form = _place(request, code, Permission.BUILD_REPORT), StreetReportsForm(request.POST)
        return _order(request, area, form)
    area = _place(request, code, Permission.VIEW_FINDING)
    given = {"period": last_quarter().name} | request.GET.dict()
    return _listed(request, area, StreetReportsForm(given))


def _place(request: UserRequest, code: str, verb: Permission) -> Area:
    level = request.POST.get("level", "") or request.GET.get("level", "")
    return area_or_404(request.user, code, level, verb)


def _listed(request: UserRequest, area: Area, form: StreetReportsForm) -> HttpResponse:
    period = form.chosen
    rows = street_reports(area, period, tasks.REPORT, request.user) if period else []
    context = {
        "area": area,
        "places": places(request.user, area),
        "form": form,
        "rows": rows,
        "ready": sum(1 for row in rows if row.report),
        "may_build": any(
            area.path.startswith(one) for one in request.user.paths_where(Permission.BUILD_REPORT)
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "compliance/street_report_list.html", context, status=status)


def _order(request: UserRequest, area: Area, form: StreetReportsForm) -> HttpResponse:
    """A job for each street: one that fails leaves the others alone."""
    period = form.chosen
    if period is None:
        return _listed(request, area, form)
    streets = list(streets_of(area, request.user))
    for street in streets:
        tasks.request_report(street, period, by=request.user)
    messages.success(
        request, _("已提交 %(number)s 个镇街的报告，逐个生成。") % {"number": len(streets)}
    )
    return redirect(f"{request.path}?level={area.level}&period={period.name}")


@require_safe
def street_report_archive(request: UserRequest, code: str, period: str) -> HttpResponse:
    """The archived files of all streets in one; taking them away is written down."""
    area = _place(request, code, Permission.VIEW_FINDING)
    try:
        reports = list(newest(area, parse_period(period), request.user))
        content = packed(reports)
    except (UnknownPeriod, FileNotFoundError) as absent:
        raise Http404 from absent
    if not reports:
        raise Http404
    audit.record(
        verb="download-reports",
        by=request.user,
        place=area.path,
        detail={"period": period, "reports": sorted(report.pk for report in reports)},
    )
    name = f"{area.name}{period}镇街合规报告.zip"
    return attachment(content, name, "application/zip")
