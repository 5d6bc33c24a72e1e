"""A station: what was bought for it, who works there, and whether that keeps the rules."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.summary import summaries
from dashboard import roster
from dashboard.offers import may, tiles
from dashboard.surroundings import surroundings
from dashboard.verdicts import lines_at
from dashboard.words import STATION_STATES, state_of
from stations.models import Station
from tenancy.http import UserRequest
from tenancy.permissions import Permission


@require_safe
def station(request: UserRequest, pk: int) -> HttpResponse:
    """The station with its verdicts, projects, people and points."""
    rows = Station.objects.visible_to(request.user).select_related("area", "operator")
    found = get_object_or_404(rows, pk=pk)
    return render(request, "dashboard/station.html", _context(request, found))


def _context(request: UserRequest, found: Station) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    projects = roster.project_rows(user, found, today)
    taken = roster.placements(user, found, today)
    figures = summaries([found.area], user)
    return {
        "station": found,
        "area": found.area,
        "state": STATION_STATES[state_of(found, today)],
        "places": surroundings(user, found.area, today).places,
        "lines": lines_at(user, figures),
        "projects": projects,
        "agreed": roster.agreed_heads(projects),
        "placements": taken,
        "present": len({placement.worker_id for placement in taken}),
        "points": roster.point_rows(user, found, today, taken),
        "may_view_workers": may(user, Permission.VIEW_WORKER, found.area),
        "may_view_projects": may(user, Permission.VIEW_PROJECT, found.area),
        "may_evaluate": may(user, Permission.EVALUATE, found.area),
        "may_build": may(user, Permission.BUILD_REPORT, found.area),
        **tiles(user, figures.get(found.area_id)),
    }
