"""The pages of places as workbooks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dashboard import standings
from dashboard.extracts import extract
from dashboard.forms import day_of
from dashboard.sheets import workbook
from jobs.imports.sheets import CONTENT_TYPE
from stations.models import Station
from tenancy import audit
from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest, attachment
from tenancy.models import Area


@require_safe
def area_workbook(request: UserRequest, code: str) -> HttpResponse:
    """What lies below the area: its stations where they are listed, else its areas."""
    return _workbook(request, area_or_404(request.user, code, request.GET.get("level", "")))


@require_safe
def station_workbook(request: UserRequest, pk: int) -> HttpResponse:
    """The verdicts on a station."""
    rows: Any = Station.objects.visible_to(request.user).select_related("area")
    return _workbook(request, get_object_or_404(rows, pk=pk).area)


def _workbook(request: UserRequest, area: Area) -> HttpResponse:
    day, _form = day_of(request)
    sheet, scope = extract(request.user, area, day, standings.wanted(request))
    audit.record(
        verb="export-dashboard",
        by=request.user,
        place=area.path,
        detail={"on": str(day.on), "narrowed": scope.narrowed, "rows": len(sheet.rows)},
    )
    name = f"{area.name}{day.on:%Y%m%d}.xlsx"
    return attachment(workbook(sheet, scope), name, CONTENT_TYPE)
