"""The pages of places as workbooks: the same rows, day and filter."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from compliance.summary import summaries
from dashboard import standings
from dashboard.days import day_of
from dashboard.seats import station_rows, stations_listed
from dashboard.sheets import Scope, areas_workbook, stations_workbook, verdicts_workbook
from dashboard.surroundings import surroundings
from dashboard.verdicts import lines_at
from jobs.desk.workbook import CONTENT_TYPE
from stations.models import Station
from tenancy import audit
from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest
from tenancy.models import Area


@require_safe
def area_workbook(request: UserRequest, code: str) -> HttpResponse:
    """What lies below the area: its stations where they are listed, else its areas."""
    user, day = request.user, day_of(request)
    area = area_or_404(user, code, request.GET.get("level", ""))
    listed = stations_listed(user, area, day.on)
    children = [] if listed else surroundings(user, area, day.on).children
    nodes = [station.area for station in listed]
    figures = summaries([area, *children, *nodes], user, day.on)
    asked = standings.wanted(request)
    scope = Scope(
        place=f"{area.name} {area.code}",
        own=figures.get(area.pk),
        on=day.on,
        narrowed=standings.word_of(asked) if asked else "",
        by=user,
    )
    if listed:
        rows = station_rows(listed, figures, day)
        shown = standings.narrowed(rows, lambda row: row.status, asked)
        return _download(request, area, scope, stations_workbook(scope, shown))
    below = standings.narrowed(
        children, lambda child: standings.status_of(figures.get(child.pk)), asked
    )
    return _download(request, area, scope, areas_workbook(scope, below, figures))


@require_safe
def station_workbook(request: UserRequest, pk: int) -> HttpResponse:
    """The verdicts on a station."""
    user, day = request.user, day_of(request)
    rows: Any = Station.objects.visible_to(user).select_related("area")
    station = get_object_or_404(rows, pk=pk)
    figures = summaries([station.area], user, day.on)
    scope = Scope(
        place=f"{station.name} {station.code}",
        own=figures.get(station.area_id),
        on=day.on,
        narrowed="",
        by=user,
    )
    content = verdicts_workbook(scope, lines_at(user, figures))
    return _download(request, station.area, scope, content)


def _download(request: UserRequest, area: Area, scope: Scope, content: bytes) -> HttpResponse:
    audit.record(
        verb="export-dashboard",
        by=request.user,
        place=area.path,
        detail={"on": str(scope.on), "narrowed": scope.narrowed},
    )
    name = f"{area.name}{scope.on:%Y%m%d}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition}
    )
