"""Stations in the tree, set-wise: each gets a leaf under its street and a dated seat there.

A leaf's path never changes. A station that moves gets another leaf; offices and grants go along.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, Q

from stations.models import Station, StationSeat
from stations.news import stations_reseated
from tenancy.areas.loading import free_path, sort_name
from tenancy.areas.succession import carry_people
from tenancy.models import Area, User

BATCH = 500


class NoStreet(Exception):
    """A station cannot be placed in the tree without a street."""


def settle(stations: Sequence[Station]) -> None:
    """Store new stations under the streets they name. First seats have no beginning."""
    for station in stations:
        station.sort_name = sort_name(station.name)
    _plant(stations)
    Station.objects.bulk_create(stations, batch_size=BATCH)
    seats = [StationSeat(station=station, street=_street(station)) for station in stations]
    StationSeat.objects.bulk_create(seats, batch_size=BATCH)


def resettle(stations: Sequence[Station], on: date, by: User) -> None:
    """Move stored stations to the streets they name, from the day on."""
    former = [station.area for station in stations]
    _close(former, on - timedelta(days=1))
    _plant(stations)
    for station, leaf in zip(stations, former, strict=True):
        Area.objects.filter(pk=leaf.pk).update(successor=station.area)
        _reseat(station, on)
    Station.objects.bulk_update(stations, ["area"], batch_size=BATCH)
    leaves = zip(former, stations, strict=True)
    carry_people({leaf.pk: station.area for leaf, station in leaves}, by)
    if stations:
        stations_reseated.send(sender=Station, stations=stations, on=on, by=by)


def rename(stations: Sequence[Station]) -> None:
    """Leaves bear their stations' names."""
    for station in stations:
        station.sort_name = sort_name(station.name)
    leaves = [station.area for station in stations if station.area.name != station.name]
    names = {station.area_id: station.name for station in stations}
    for leaf in leaves:
        leaf.name = names[leaf.pk]
        leaf.sort_name = sort_name(leaf.name)
    Area.objects.bulk_update(leaves, ["name", "sort_name"], batch_size=BATCH)


def _street(station: Station) -> Area:
    if station.street is None:
        raise NoStreet(station.code)
    return station.street


def _plant(stations: Sequence[Station]) -> None:
    codes = [station.code for station in stations]
    rivals = Area.objects.filter(Q(level=Area.Level.STATION) | Q(code__in=codes))
    taken = set(rivals.values_list("path", flat=True))
    leaves = [_leaf(station, taken) for station in stations]
    Area.objects.bulk_create(leaves, batch_size=BATCH)
    for station, leaf in zip(stations, leaves, strict=True):
        station.area = leaf


def _leaf(station: Station, taken: set[str]) -> Area:
    street = _street(station)
    path = free_path(street, re.sub(r"[^0-9A-Za-z_-]", "-", station.code), taken)
    taken.add(path)
    return Area(
        parent=street,
        level=Area.Level.STATION,
        code=station.code,
        name=station.name,
        sort_name=sort_name(station.name),
        path=path,
    )


def _close(leaves: Sequence[Area], last_day: date) -> None:
    closed = Area.objects.filter(pk__in=[leaf.pk for leaf in leaves])
    closed.update(valid_to=last_day, version=F("version") + 1)


def _reseat(station: Station, on: date) -> None:
    """A seat that would begin on the day or later is corrected, an earlier one ends before it."""
    open_seat = StationSeat.objects.filter(station=station, valid_to=None)
    if not open_seat.filter(valid_from__gte=on).update(street=_street(station)):
        open_seat.update(valid_to=on - timedelta(days=1))
        StationSeat.objects.create(station=station, street=_street(station), valid_from=on)
