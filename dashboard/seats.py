"""The stations of a place: counted above the street, listed in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.summary import Summary
from dashboard.words import STATION_STATES, Standing, standing_of, state_of
from stations.models import Station
from tenancy.models import Area, User
from tenancy.permissions import Permission

# Below a street there are few stations; above it a number says more than a list.
LISTED_AT = (Area.Level.STREET, Area.Level.COMMUNITY)


@dataclass(frozen=True)
class StationRow:
    """A station with its newest figures."""

    station: Station
    state: str
    figures: Summary | None

    @property
    def state_label(self) -> str:
        return str(STATION_STATES[self.state])

    @property
    def standing(self) -> Standing | None:
        return standing_of(self.figures)


def stations_listed(user: User, area: Area) -> list[Station]:
    """The stations of a street by code, with operator and node."""
    if area.level not in LISTED_AT:
        return []
    rows: Any = Station.objects.visible_to(user).below(area.path)
    return list(rows.select_related("area", "operator").order_by("code"))


def station_rows(
    stations: list[Station], figures: dict[int, Summary], on: date
) -> list[StationRow]:
    """The stations beside their figures."""
    return [
        StationRow(station, state_of(station, on), figures.get(station.area_id))
        for station in stations
    ]


def stations_operating(user: User, area: Area, listed: list[Station], on: date) -> int | None:
    """How many are open at a place and below it; None for those who may not see stations."""
    if not user.paths_where(Permission.VIEW_STATION):
        return None
    if listed:
        return sum(state_of(station, on) == "operating" for station in listed)
    rows: Any = Station.objects.visible_to(user).below(area.path)
    return int(rows.operating(on).count())
