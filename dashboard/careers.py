"""What one person has done and does: placements, certificates, who supervises them."""

from datetime import date
from typing import Any

from django.db.models import Q

from staffing.models import Certificate, Placement, Worker
from supervision.models import Assignment
from tenancy.models import Area, User


def placements(user: User, worker: Worker) -> list[Placement]:
    """All within reach, the latest first."""
    rows: Any = Placement.objects.visible_to(user).filter(worker=worker)
    shown = rows.select_related("post__station__area__parent", "post__point")
    return list(shown.order_by("-starts_on", "-pk"))


def certificates(user: User, worker: Worker) -> list[Certificate]:
    rows: Any = Certificate.objects.visible_to(user).filter(worker=worker)
    return list(rows.order_by("obtained_on", "pk"))


def running(placements: list[Placement], on: date) -> list[Placement]:
    """Those whose dates contain the day."""
    begun = [one for one in placements if one.starts_on <= on]
    return [one for one in begun if one.ends_on is None or one.ends_on >= on]


def place_of(worker: Worker, placements: list[Placement], on: date) -> Area:
    """The station where the person works on the day, else where they are at home."""
    stations = [one.post.station for one in running(placements, on)]
    nodes = [station.area for station in sorted(stations, key=lambda station: station.code)]
    place: Area = nodes[0] if nodes else worker.home
    return place


def assignments(
    user: User, worker: Worker, placements: list[Placement], on: date
) -> list[Assignment]:
    """Who supervises the person today, themselves or with their station."""
    stations = {one.post.station_id for one in running(placements, on)}
    rows: Any = Assignment.objects.visible_to(user).unended(on).filter(starts_on__lte=on)
    theirs = rows.filter(Q(worker=worker) | Q(station__in=stations))
    return list(theirs.select_related("supervisor__centre", "station").order_by("starts_on", "pk"))
