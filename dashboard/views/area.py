"""One page for every place, from the nation to the community."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.summary import summaries
from dashboard.offers import may, tiles
from dashboard.seats import station_rows, stations_listed, stations_operating
from dashboard.surroundings import area_columns, area_rows, surroundings
from dashboard.verdicts import lines_at
from stations.models import Station
from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest
from tenancy.models import Appointment, Area, Organisation, User
from tenancy.permissions import Permission

ROWS = 50


@require_safe
def area(request: UserRequest, code: str) -> HttpResponse:
    """How a place stands, what lies below it, who is there."""
    found = area_or_404(request.user, code, request.GET.get("level", ""))
    if found.level == Area.Level.STATION:
        return _to_station(request.user, found)
    return render(request, "dashboard/area.html", _context(request, found, timezone.localdate()))


def _to_station(user: User, node: Area) -> HttpResponse:
    """A station's node shows the station; one that it has left leads on."""
    if node.successor is not None:
        return redirect(node.successor)
    return redirect(
        "dashboard:station", get_object_or_404(Station.objects.visible_to(user), area=node).pk
    )


def _context(request: UserRequest, found: Area, on: date) -> dict[str, Any]:
    user = request.user
    around = surroundings(user, found, on)
    page = Paginator(around.children, ROWS).get_page(request.GET.get("page"))
    listed = stations_listed(user, found)
    nodes = [station.area for station in listed]
    figures = summaries([found, *page, *nodes], user)
    here = {place.pk: figures[place.pk] for place in (found, *nodes) if place.pk in figures}
    return {
        "area": found,
        "places": around.places,
        "page": page,
        "rows": area_rows(user, page, figures),
        "columns": area_columns(),
        "lines": lines_at(user, here),
        "stations": station_rows(listed, figures, on),
        "operating": stations_operating(user, found, listed, on),
        **tiles(user, figures.get(found.pk)),
        **_residents(user, found, on),
        **_state(user, found, on),
    }


def _residents(user: User, found: Area, on: date) -> dict[str, Any]:
    """Who has a seat or an office at the place itself."""
    offices = Appointment.objects.visible_to(user).filter(area=found).in_force(on)
    seated = Organisation.objects.visible_to(user).filter(area=found)
    return {"offices": offices.count(), "organisations": seated.order_by("kind", "name")[:ROWS]}


def _state(user: User, found: Area, on: date) -> dict[str, Any]:
    """What the place is called, whether it still is, and what may be done with it."""
    closed = found.valid_to is not None and found.valid_to < on
    judged = not closed and found.level != Area.Level.COMMUNITY
    return {
        "level": user.tenant.level_label(found.level) if user.tenant else "",
        "closed": closed,
        "may_evaluate": judged and may(user, Permission.EVALUATE, found),
        "may_build": judged and may(user, Permission.BUILD_REPORT, found),
        "may_change": not closed and may(user, Permission.CHANGE_AREA, found),
        "may_view_stations": may(user, Permission.VIEW_STATION, found),
        "may_view_offices": may(user, Permission.VIEW_APPOINTMENT, found),
    }
