"""Opening stations and moving them: more than a row, because each is a place in the tree."""

from datetime import date

from django.db import transaction

from stations.models import Station
from stations.seating import resettle, settle
from tenancy import audit
from tenancy.models import Area, User


class SitsThere(Exception):
    """The station is in that street already."""


@transaction.atomic
def open_station(*, station: Station, street: Area, by: User) -> Station:
    """Store a new station under a street, with its node and its seat."""
    station.street = street
    settle([station])
    audit.record(verb="open-station", by=by, target=station, place=station.area.path)
    return station


@transaction.atomic
def move_station(*, station: Station, street: Area, on: date, by: User) -> None:
    """From the day on it sits in another street; its people's offices go along.

    Raises `SitsThere`.
    """
    held = Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
    held.street = street
    if not held.moves:
        raise SitsThere(station.code)
    former = held.area.parent_id
    resettle([held], on, by)
    station.area = held.area
    detail = {"on": str(on), "from": former, "to": street.pk}
    audit.record(verb="move-station", by=by, target=station, place=held.area.path, detail=detail)
