"""Facts of a scope as of a day, loaded set-wise: five queries whatever its size.

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

from django.db.models import Q

from compliance.periods import is_active
from compliance.places import Place, Places, Seat
from compliance.rules.shapes import (
    AreaFacts,
    CertificateFacts,
    CertificateLevel,
    Facts,
    PersonFacts,
    ProjectFacts,
    StationFacts,
    StreetFacts,
    Verification,
)
from procurement.models import Project
from staffing.models import Certificate, Placement, Worker
from stations.models import StationSeat
from tenancy.models import Area
from tenancy.scoping import within

OUTSIDE_THE_RULES = (Area.Level.COMMUNITY, Area.Level.STATION)
PLACE = ("pk", "path", "level", "code", "name", "counts_for_coverage")
SEAT = (
    *("station_id", "station__name", "station__area_id", "street__path"),
    *("station__code", "station__opened_on", "station__closed_on"),
    *("station__suspended_from", "station__suspended_to"),
)


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
    areas = _areas(area, on)
    scope = Place(*(getattr(area, name) for name in PLACE))
    places = Places(scope, areas)
    seats = _seats(area, on)
    stations = [_station(row) for row in seats.values_list(*SEAT).order_by("station__code")]
    for station in stations:
        places.add_station(station.seat)
    facts = Facts(
        on=on,
        scope=AreaFacts(area.code, area.name),
        districts=tuple(_districts(area, areas)),
        streets=tuple(_streets(areas, stations)),
        projects=tuple(_projects(seats, stations, places, on)),
    )
    return Loaded(facts, places)


def _areas(area: Area, on: date) -> list[Place]:
    rows = Area.objects.below(area.path).in_force(on).exclude(level__in=OUTSIDE_THE_RULES)
    return [Place(*row) for row in rows.order_by("code", "path").values_list(*PLACE)]


def _districts(area: Area, areas: Iterable[Place]) -> Iterable[AreaFacts]:
    return (
        AreaFacts(place.code, place.name)
        for place in areas
        if place.level == Area.Level.DISTRICT and place.path != area.path
    )


def _seats(area: Area, on: date) -> Any:
    """The seats of the day inside the scope; a station's leaf bears the station's code."""
    inside = within("street__path", [area.path])
    if area.level == Area.Level.STATION:
        inside = Q(station__code=area.code)
    return StationSeat.objects.in_force(on).filter(inside)


def _station(row: tuple[Any, ...]) -> _Station:
    key, name, node, street, *facts = row
    return _Station(key, name, Seat(node, street), StationFacts(*facts))


def _streets(areas: list[Place], stations: Iterable[_Station]) -> Iterable[StreetFacts]:
    districts = {place.path: place.code for place in areas if place.level == Area.Level.DISTRICT}
    seated = defaultdict(list)
    for station in stations:
        seated[station.seat.street].append(station.facts)
    for place in areas:
        if place.level == Area.Level.STREET and place.counts:
            above = _parent(place.path, districts)
            yield StreetFacts(place.code, place.name, above, tuple(seated[place.path]))


def _parent(path: str, districts: dict[str, str]) -> str | None:
    """The nearest district above."""
    while path := path[: path.rstrip("/").rfind("/") + 1]:
        if path in districts:
            return districts[path]
    return None


def _projects(
    seats: Any, stations: list[_Station], places: Places, on: date
) -> Iterable[ProjectFacts]:
    """The projects in force, each with its people."""
    by_id = {station.id: station for station in stations}
    rows = Project.objects.filter(station__in=seats.values("station"), starts_on__lte=on)
    found = rows.order_by("number").values_list("number", "station_id", "starts_on", "years")
    active = [row for row in found if is_active(row[2], row[3], on)]
    people, unassigned = _people(seats, on, active)
    for number, station, starts_on, years in active:
        places.add_project(number, by_id[station].seat)
        members = tuple(people[number][code] for code in sorted(people[number]))
        names = tuple(sorted(unassigned[number]))
        yield ProjectFacts(number, by_id[station].name, starts_on, years, members, names)


def _people(
    seats: Any, on: date, active: Iterable[tuple[Any, ...]]
) -> tuple[dict[str, dict[str, PersonFacts]], dict[str, set[str]]]:
    """Who works in which project, and who works at a station of two without saying in which."""
    numbers = defaultdict(list)
    for number, station, *_ in active:
        numbers[station].append(number)
    placements = _placements(seats, on)
    certificates = _certificates(placements)
    people: dict[str, dict[str, PersonFacts]] = defaultdict(dict)
    unassigned: dict[str, set[str]] = defaultdict(set)
    for worker, code, station, project in placements.values_list(
        "worker_id", "worker__code", "post__station_id", "project_code"
    ):
        chosen = [number for number in numbers[station] if project in ("", number)]
        if project == "" and len(chosen) > 1:
            for number in chosen:
                unassigned[number].add(code)
        elif chosen:
            people[chosen[0]][code] = PersonFacts(code, tuple(certificates[worker]))
    return people, unassigned


def _placements(seats: Any, on: date) -> Any:
    """Purchased social workers on post; those of a suspended station still count."""
    return Placement.objects.active(on).filter(
        post__station__in=seats.values("station"),
        worker__is_social_worker=True,
        worker__channel=Worker.Channel.PURCHASED,
    )


def _certificates(placements: Any) -> dict[int, list[CertificateFacts]]:
    found = defaultdict(list)
    rows = Certificate.objects.filter(worker__in=placements.values("worker"))
    for worker, level, verification, *dates in rows.order_by("level").values_list(
        "worker_id", "level", "verification", "obtained_on", "registered_until"
    ):
        facts = CertificateFacts(CertificateLevel(level), Verification(verification), *dates)
        found[worker].append(facts)
    return found
