"""Where a person belongs who has no placement: the authority above the last one's street."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max

from staffing.models import Placement, Worker
from tenancy.models import Area


def settle_homes(written: Iterable[Placement]) -> None:
    """Bring people's homes into line with placements just written (their posts loaded)."""
    latest: dict[int, Placement] = {}
    for placement in sorted(written, key=lambda placement: placement.starts_on):
        latest[placement.worker_id] = placement
    last_starts = _last_starts(latest)
    movers: dict[int, list[int]] = defaultdict(list)
    for worker, placement in latest.items():
        if placement.starts_on == last_starts[worker]:
            movers[_above(placement.post.station.area).pk].append(worker)
    for home, workers in movers.items():
        Worker.objects.filter(pk__in=workers).exclude(home=home).update(home=home)


def _last_starts(workers: Iterable[int]) -> dict[int, date]:
    stored: Any = Placement.objects.filter(worker__in=list(workers)).values_list("worker_id")
    return dict(stored.annotate(Max("starts_on")))


def _above(leaf: Area) -> Area:
    """The area above the station's street; where the street is the top, the street itself."""
    street = leaf.parent or leaf
    return street.parent or street


def follow(*, successors: dict[int, Area], **_news: Any) -> None:
    """People at home in a replaced area are at home in the one that follows."""
    for closed in set(Worker.objects.filter(home__in=successors).values_list("home", flat=True)):
        Worker.objects.filter(home=closed).update(home=successors[closed])
