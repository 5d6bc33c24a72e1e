"""The tree and the stations of a scope, with everything that hangs on them.

Seats, streets and districts are those of the day. Everything starts from the scope's path, so no
row outside it enters.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.facts.descent import ROW, Descent, Version
from compliance.facts.overrides import overrides
from compliance.facts.people import People
from compliance.facts.points import Points
from compliance.facts.posts import Posts
from compliance.facts.projects import Projects
from compliance.facts.records import Records, totals
from compliance.facts.supervision import supervision
from compliance.places import Place, Places, Seat
from compliance.rules.shapes import AreaFacts, Facts, Staff, StationFacts, StreetFacts
from stations.models import Station, StationSeat
from tenancy.models import Area
from tenancy.scoping import in_force

OUTSIDE_THE_RULES = (Area.Level.COMMUNITY, Area.Level.STATION)
PLACE = ("pk", "path", "level", "code", "name", "counts_for_coverage")
STATION = ("code", "opened_on", "closed_on", "suspended_from", "suspended_to", "name")


@dataclass(frozen=True)
class Loaded:
    """The facts and where their subjects stand."""

    facts: Facts
    places: Places

    @property
    def inputs_hash(self) -> str:
        """The same for the same facts, on every machine."""
        return hashlib.sha256(repr(self.facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Station:
    """A station, its own node, and the row of the street it sat in."""

    id: int
    node: int
    street: Version
    facts: StationFacts


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on the stations, by their keys."""

    points: Points
    posts: Posts
    people: People
    projects: Projects
    records: Records


def load(area: Area, on: date) -> Loaded:
    """What the rules ask for about an area and everything that was below it on the day."""
    areas, streets = _areas(area, on)
    descent, stations = Descent(on), _stations(area, on, streets)
    is_root = area.parent_id is None
    keys = [station.id for station in stations]
    points = Points({station.id: station.street for station in stations}, on, descent)
    posts = Posts(keys, on, points.codes)
    people, projects, records = People(posts.days, on), Projects(keys, on), Records(keys, on)
    whole = _with_everything(stations, _Hanging(points, posts, people, projects, records))
    facts = Facts(
        on=on,
        scope=AreaFacts(area.code, area.name, area.path),
        districts=tuple(_districts(area, areas)),
        streets=tuple(_streets(areas, whole.values())),
        projects=tuple(projects.facts(whole)),
        stations=tuple(whole.values()),
        supervision=supervision(
            {key: station.code for key, station in whole.items()},
            posts.days,
            {key: person.code for key, person in people.persons.items()},
            on,
            is_root=is_root,
        ),
        totals=totals(area, streets, on) if records else (),
        overrides=overrides([area.path, *{one.facts.place for one in stations}], on, descent),
        is_root=is_root,
    )
    places = Places(Place(*(getattr(area, name) for name in PLACE)), areas)
    places.seat(facts, {station.facts.code: _seat(station) for station in stations})
    return Loaded(facts, places)


def _seat(station: _Station) -> Seat:
    return Seat(station.node, station.street.path)


def _areas(area: Area, on: date) -> tuple[list[Place], dict[int, Version]]:
    """Those in force, and the rows of all: a station may sit in a street that has been closed."""
    rows = Area.objects.below(area.path).exclude(level__in=OUTSIDE_THE_RULES)
    rows = rows.annotate(stands=ExpressionWrapper(in_force(on), BooleanField()))
    standing, versions = [], {}
    for stands, *days, key, path, level, code, name, counts in rows.order_by(
        "code", "path"
    ).values_list("stands", "valid_from", "valid_to", *PLACE):
        versions[key] = Version(key, path, *days)
        if stands:
            standing.append(Place(key, path, level, code, name, counts))
    return standing, versions


def _districts(area: Area, areas: Iterable[Place]) -> Iterable[AreaFacts]:
    return (
        AreaFacts(place.code, place.name, place.path)
        for place in areas
        if place.level == Area.Level.DISTRICT and place.path != area.path
    )


def _stations(area: Area, on: date, streets: dict[int, Version]) -> list[_Station]:
    """Those that sat in the scope; a station's leaf bears the station's code."""
    seats = StationSeat.objects.in_force(on)
    if area.level == Area.Level.STATION:
        seats = seats.filter(station__code=area.code)
    else:
        seats = seats.filter(street__id__among=streets)
    pairs = dict(seats.values_list("station_id", "street_id"))
    if area.level == Area.Level.STATION:
        streets = _versions(pairs.values())
    seated = {station: streets[street] for station, street in pairs.items()}
    found = Station.objects.filter(id__among=seated).order_by("code")
    return [
        _Station(key, node, seated[key], StationFacts(*(*facts, seated[key].path)))
        for key, node, *facts in found.values_list("pk", "area_id", *STATION)
    ]


def _versions(areas: Iterable[int]) -> dict[int, Version]:
    rows = Area.objects.filter(id__among=areas)
    return {row[0]: Version(*row) for row in rows.values_list(*ROW)}


def _with_everything(stations: list[_Station], hanging: _Hanging) -> dict[int, StationFacts]:
    terms = hanging.projects.terms()
    return {
        station.id: replace(
            station.facts,
            posts=hanging.posts.of(station.id),
            points=hanging.points.of(station.id),
            staff=Staff(hanging.people.at(station.id), tuple(terms[station.id])),
            records=hanging.records.of(station.id),
        )
        for station in stations
    }


def _streets(areas: list[Place], stations: Iterable[StationFacts]) -> Iterable[StreetFacts]:
    districts = {place.path: place.code for place in areas if place.level == Area.Level.DISTRICT}
    seated = defaultdict(list)
    for station in stations:
        seated[station.place].append(station)
    for place in areas:
        if place.level == Area.Level.STREET and place.counts:
            above = _district_of(place.path, districts)
            inside = tuple(seated[place.path])
            yield StreetFacts(place.code, place.name, above, inside, place.path)


def _district_of(path: str, districts: dict[str, str]) -> str | None:
    """The nearest district above."""
    while path := path[: path.rstrip("/").rfind("/") + 1]:
        if path in districts:
            return districts[path]
    return None
