"""Stations and points follow the streets and communities that are moved, recoded or merged."""

from datetime import date
from typing import Any

from stations.models import PointCommunity, Station
from stations.seating import resettle
from tenancy.models import Area, User


def follow(*, successors: dict[int, Area], on: date, by: User, **_news: Any) -> None:
    """Receives `areas_replaced`: the successors by the keys of the closed areas."""
    _move_stations(successors, on, by)
    _cover_successors(successors)


def _move_stations(successors: dict[int, Area], on: date, by: User) -> None:
    stations = list(
        Station.objects.filter(area__parent__in=successors).select_related("area__parent")
    )
    for station in stations:
        station.street = successors[station.area.parent_id or 0]
    resettle(stations, on, by)


def _cover_successors(successors: dict[int, Area]) -> None:
    """Where two communities became one, a point covers it once."""
    followers = {area.pk for area in successors.values()}
    covered = set(
        PointCommunity.objects.filter(community__in=followers).values_list("point", "community")
    )
    for row in PointCommunity.objects.filter(community__in=successors):
        row.community = successors[row.community_id]
        if (row.point_id, row.community_id) in covered:
            row.delete()
        else:
            covered.add((row.point_id, row.community_id))
            row.save(update_fields=["community"])
