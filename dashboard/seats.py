"""The stations of a place: counted above the street, listed in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from compliance.summary import Summary
from dashboard.days import Day
from dashboard.standings import status_of
from dashboard.words import STATION_STATES, Standing, standing, state_of
from stations.models import Station, StationCount, StationSeat
from tenancy.models import Area, User
from tenancy.permissions import Permission

# Below a street there are few stations; above it a number says more than a list.
LISTED_AT = (Area.Level.STREET, Area.Level.COMMUNITY)


@dataclass(frozen=True)
class StationRow:
    """A station with its newest figures, as of a day."""

    station: Station
    url: str
    state: str
    figures: Summary | None

    @property
    def state_label(self) -> str:
        return str(STATION_STATES[self.state])

    @property
    def status(self) -> str:
        return status_of(self.figures)

    @property
    def standing(self) -> Standing | None:
        return standing(self.status)


def stations_listed(user: User, area: Area, on: date) -> list[Station]:
    """The stations that sat in a street on the day, by code, with operator and node."""
    if area.level not in LISTED_AT:
        return []
    seats: Any = StationSeat.objects.visible_to(user)
    seated = seats.filter(street=area).in_force(on).values("station")
    rows: Any = Station.objects.visible_to(user).filter(pk__in=seated)
    return list(rows.select_related("area", "operator").order_by("code"))


def station_rows(
    stations: list[Station], figures: dict[int, Summary], day: Day
) -> list[StationRow]:
    """The stations beside their figures."""
    return [
        StationRow(
            station,
            day.keep(reverse("dashboard:station", args=[station.pk])),
            state_of(station, day.on),
            figures.get(station.area_id),
        )
        for station in stations
    ]


def stations_operating(user: User, area: Area, listed: list[Station], on: date) -> int | None:
    """How many are open at a place and below it; None for those who may not see stations."""
    if not user.paths_where(Permission.VIEW_STATION):
        return None
    if listed:
        return sum(state_of(station, on) == "operating" for station in listed)
    return StationCount.objects.operating(user, area.path, on)
