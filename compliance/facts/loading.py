"""The tree, the stations and the projects of a scope.

Seats, streets and districts are those of the day. Everything starts from the scope's path, so no
row outside it enters.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.facts.people import teams
from compliance.periods import is_active
from compliance.places import Place, Places, Seat
from compliance.rules.shapes import AreaFacts, Facts, ProjectFacts, StationFacts, StreetFacts
from procurement.models import Project
from stations.models import Station, StationSeat
from tenancy.models import Area
from tenancy.scoping import in_force

OUTSIDE_THE_RULES = (Area.Level.COMMUNITY, Area.Level.STATION)
PLACE = ("pk", "path", "level", "code", "name", "counts_for_coverage")
STATION = ("code", "opened_on", "closed_on", "suspended_from", "suspended_to")


@dataclass(frozen=True)
class Loaded:
    """The facts and where their subjects stand."""

    facts: Facts
    places: Places

    @property
    def inputs_hash(self) -> str:
        """The same for the same facts, on every machine."""
        text = json.dumps(asdict(self.facts), ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Station:
    id: int
    name: str
    seat: Seat
    facts: StationFacts


def load(area: Area, on: date) -> Loaded:
    """What the rules ask for about an area and everything that was below it on the day."""
    areas, paths = _areas(area, on)
    stations = _stations(area, on, paths)
    places = Places(Place(*(getattr(area, name) for name in PLACE)), areas)
    for station in stations:
        places.add_station(station.seat)
    facts = Facts(
        on=on,
        scope=AreaFacts(area.code, area.name),
        districts=tuple(_districts(area, areas)),
        streets=tuple(_streets(areas, stations)),
        projects=tuple(_projects(stations, places, on)),
    )
    return Loaded(facts, places)


def _areas(area: Area, on: date) -> tuple[list[Place], dict[int, str]]:
    """Those in force, and the paths of all: a station may sit in a street that has been closed."""
    rows = Area.objects.below(area.path).exclude(level__in=OUTSIDE_THE_RULES)
    rows = rows.annotate(stands=ExpressionWrapper(in_force(on), BooleanField()))
    found = list(rows.order_by("code", "path").values_list("stands", *PLACE))
    standing = [Place(*place) for stands, *place in found if stands]
    return standing, {key: path for _stands, key, path, *_rest in found}


def _districts(area: Area, areas: Iterable[Place]) -> Iterable[AreaFacts]:
    return (
        AreaFacts(place.code, place.name)
        for place in areas
        if place.level == Area.Level.DISTRICT and place.path != area.path
    )


def _stations(area: Area, on: date, paths: dict[int, str]) -> list[_Station]:
    """Those that sat in the scope; a station's leaf bears the station's code."""
    seats = StationSeat.objects.in_force(on)
    if area.level == Area.Level.STATION:
        seats = seats.filter(station__code=area.code)
    else:
        seats = seats.filter(street__id__among=paths)
    streets = dict(seats.values_list("station_id", "street_id"))
    rows = Station.objects.filter(id__among=streets).order_by("code")
    return [
        _Station(key, name, Seat(node, paths.get(streets[key], "")), StationFacts(*facts))
        for key, name, node, *facts in rows.values_list("pk", "name", "area_id", *STATION)
    ]


def _streets(areas: list[Place], stations: Iterable[_Station]) -> Iterable[StreetFacts]:
    districts = {place.path: place.code for place in areas if place.level == Area.Level.DISTRICT}
    seated = defaultdict(list)
    for station in stations:
        seated[station.seat.street].append(station.facts)
    for place in areas:
        if place.level == Area.Level.STREET and place.counts:
            above = _district_of(place.path, districts)
            yield StreetFacts(place.code, place.name, above, tuple(seated[place.path]))


def _district_of(path: str, districts: dict[str, str]) -> str | None:
    """The nearest district above."""
    while path := path[: path.rstrip("/").rfind("/") + 1]:
        if path in districts:
            return districts[path]
    return None


def _projects(stations: list[_Station], places: Places, on: date) -> Iterable[ProjectFacts]:
    """The projects in force, each with its people."""
    by_id = {station.id: station for station in stations}
    rows = Project.objects.filter(station__id__among=by_id, starts_on__lte=on).order_by("number")
    found = rows.values_list("number", "station_id", "starts_on", "years")
    active = [row for row in found if is_active(row[2], row[3], on)]
    staff = teams(_numbers(active), on)
    for number, station, starts_on, years in active:
        places.add_project(number, by_id[station].seat)
        team, name = staff[number], by_id[station].name
        unassigned = tuple(sorted(team.unassigned))
        yield ProjectFacts(number, name, starts_on, years, team.facts(), unassigned)


def _numbers(projects: Iterable[tuple[Any, ...]]) -> dict[int, list[str]]:
    """The projects in force by station."""
    numbers = defaultdict(list)
    for number, station, *_rest in projects:
        numbers[station].append(number)
    return numbers
