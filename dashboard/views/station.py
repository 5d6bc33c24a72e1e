"""A station: what was bought for it, who works there, and whether that keeps the rules."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from compliance.summary import summaries
from dashboard import records, roster
from dashboard.days import Day
from dashboard.forms import day_of
from dashboard.offers import may, may_print, people_url, tiles
from dashboard.panels import panels
from dashboard.pictures import drawings, frames
from dashboard.surroundings import surroundings
from dashboard.verdicts import lines_or_none
from dashboard.words import STATION_STATES, state_of
from stations.models import Station
from tenancy.http import UserRequest
from tenancy.permissions import Permission


@require_safe
def station(request: UserRequest, pk: int) -> HttpResponse:
    """The station with its verdicts, projects, people and points."""
    rows = Station.objects.visible_to(request.user).select_related("area", "operator")
    found = get_object_or_404(rows, pk=pk)
    day, form = day_of(request)
    context = {**_context(request, found, day), "form": form}
    return render(request, "dashboard/station.html", context)


def _context(request: UserRequest, found: Station, day: Day) -> dict[str, Any]:
    user, on = request.user, day.on
    projects = roster.project_rows(user, found, on)
    taken = roster.placements(user, found, on)
    figures = summaries([found.area], user, on)
    contract = next((row.period for row in projects if row.period), None)
    year = records.station_year(user, found.area, on, contract)
    verdicts, record_totals, listed, *pictures = panels(
        ("dashboard/_lines.html", lambda: lines_or_none(user, figures)),
        records.totals(year),
        records.rows(year),
        *frames(
            [
                *drawings(user, found.area, figures.get(found.area_id), on),
                *records.drawings(year),
            ]
        ),
    )
    return {
        "station": found,
        "area": found.area,
        "day": day,
        "state": STATION_STATES[state_of(found, on)],
        "places": day.along(surroundings(user, found.area, on).places),
        "verdicts": verdicts,
        "record_totals": record_totals,
        "records": listed,
        "pictures": [picture for picture in pictures if picture],
        "projects": projects,
        "agreed": roster.agreed_heads(projects),
        "placements": taken,
        "present": len({placement.worker_id for placement in taken}),
        "points": roster.point_rows(user, found, on, taken),
        "people_url": people_url(user, found.area, day),
        "may_view_workers": may(user, Permission.VIEW_WORKER, found.area),
        "may_view_projects": may(user, Permission.VIEW_PROJECT, found.area),
        "may_print": may_print(user, found.area),
        "may_evaluate": not day.is_past and may(user, Permission.EVALUATE, found.area),
        "may_build": not day.is_past and may(user, Permission.BUILD_REPORT, found.area),
        **tiles(user, figures.get(found.area_id)),
    }
