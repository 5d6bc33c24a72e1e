"""One page for every place, from the nation to the community."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from compliance.summary import Summary, summaries
from dashboard import records, standings
from dashboard.cartogram import cartogram
from dashboard.days import Day
from dashboard.forms import day_of
from dashboard.offers import may, may_print, people_url, tiles
from dashboard.panels import panels
from dashboard.pictures import drawings, frames, long_drawings
from dashboard.seats import station_rows, stations_listed, stations_operating
from dashboard.surroundings import area_columns, area_rows, surroundings
from dashboard.verdicts import lines_or_none
from stations.models import Station
from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest
from tenancy.models import Area, Organisation, User
from tenancy.permissions import Permission

ROWS = 50


@require_safe
def area(request: UserRequest, code: str) -> HttpResponse:
    """How a place stands, what lies below it, who is there."""
    found = area_or_404(request.user, code, request.GET.get("level", ""))
    day, form = day_of(request)
    if found.level == Area.Level.STATION:
        return _to_station(request.user, found, day)
    return render(request, "dashboard/area.html", {**_context(request, found, day), "form": form})


def _to_station(user: User, node: Area, day: Day) -> HttpResponse:
    """A station's node shows the station; one that it has left leads on."""
    if node.successor is not None:
        return redirect(day.keep(node.successor.get_absolute_url()))
    station = get_object_or_404(Station.objects.visible_to(user), area=node)
    return redirect(day.keep(reverse("dashboard:station", args=[station.pk])))


def _context(request: UserRequest, found: Area, day: Day) -> dict[str, Any]:
    user, on = request.user, day.on
    around = surroundings(user, found, on)
    listed = stations_listed(user, found, on)
    nodes = [station.area for station in listed]
    figures = summaries([found, *around.children, *nodes], user, on)
    return {
        "area": found,
        "day": day,
        "places": day.along(around.places),
        "operating": stations_operating(user, found, listed, on),
        **_parts(user, found, around.children, figures, day),
        **_below(request, found, around.children, figures, day),
        **_stations(request, listed, figures, day),
        **tiles(user, figures.get(found.pk)),
        "organisations": _seated(user, found),
        **_state(user, found, day),
    }


def _parts(
    user: User, found: Area, children: list[Area], figures: dict[int, Summary], day: Day
) -> dict[str, Any]:
    """What fails alone."""
    year = records.year_of(user, found, day.on)
    below = {child.pk for child in children}
    here = {place: one for place, one in figures.items() if place not in below}
    verdicts, tiled, record_totals, *pictures = panels(
        ("dashboard/_lines.html", lambda: lines_or_none(user, here)),
        ("dashboard/_cartogram.html", lambda: _tiles(found, children, figures, day)),
        records.totals(year),
        *frames(
            [
                *drawings(user, found, figures.get(found.pk), day.on),
                *records.drawings(year),
                *long_drawings(found, children, figures),
            ]
        ),
    )
    return {
        "verdicts": verdicts,
        "cartogram": tiled,
        "record_totals": record_totals,
        "pictures": [picture for picture in pictures if picture],
    }


def _tiles(
    found: Area, children: list[Area], figures: dict[int, Summary], day: Day
) -> dict[str, Any] | None:
    tiles = cartogram(found, children, figures, day)
    return {"tiles": tiles} if tiles else None


def _below(
    request: UserRequest, found: Area, children: list[Area], figures: dict[int, Summary], day: Day
) -> dict[str, Any]:
    """The areas just below; communities are not judged, so nothing leaves some of them out."""
    statuses = {child.pk: standings.status_of(figures.get(child.pk)) for child in children}
    judged = found.level != Area.Level.STREET
    asked = standings.wanted(request) if judged else ""
    rows = standings.narrowed(children, lambda child: statuses[child.pk], asked)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    choices = standings.choices(request, statuses.values(), asked)
    return {
        "page": page,
        "rows": area_rows(request.user, page, figures, day),
        "columns": area_columns(),
        "choices": choices if judged and children else [],
    }


def _stations(
    request: UserRequest, listed: list[Station], figures: dict[int, Summary], day: Day
) -> dict[str, Any]:
    """The stations of a street, where they are listed."""
    rows, asked = station_rows(listed, figures, day), standings.wanted(request)
    return {
        "stations": standings.narrowed(rows, lambda row: row.status, asked),
        "station_choices": standings.choices(request, (row.status for row in rows), asked)
        if rows
        else [],
    }


def _seated(user: User, found: Area) -> QuerySet[Organisation]:
    """Who has a seat at the place itself."""
    rows = Organisation.objects.visible_to(user).filter(area=found)
    return rows.order_by("kind", "name")[:ROWS]


def _state(user: User, found: Area, day: Day) -> dict[str, Any]:
    """What the place is called, whether it still is, and what may be done with it today."""
    closed = found.valid_to is not None and found.valid_to < day.on
    judged = found.level != Area.Level.COMMUNITY and not (closed or day.is_past)
    return {
        "level": user.tenant.level_label(found.level) if user.tenant else "",
        "closed": closed,
        "may_evaluate": judged and may(user, Permission.EVALUATE, found),
        "may_build": judged and may(user, Permission.BUILD_REPORT, found),
        "may_change": not closed and may(user, Permission.CHANGE_AREA, found),
        "may_view_stations": may(user, Permission.VIEW_STATION, found),
        "people_url": people_url(user, found, day),
        "may_print": may_print(user, found),
        "may_view_offices": may(user, Permission.VIEW_APPOINTMENT, found),
    }
