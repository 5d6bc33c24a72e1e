"""What the ledgers of points and posts say."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count

from stations.figures.registry import as_of
from stations.models import Point, Post
from tenancy.periods import Period

if TYPE_CHECKING:
    from tenancy.scoping import ScopedQuerySet

Values = dict[int, Decimal]


def points(stations: Sequence[int], month: Period) -> Values:
    """Points open on the day."""
    return _counted(stations, Point.objects.open(as_of(month)))


def posts(stations: Sequence[int], month: Period) -> Values:
    """Posts that exist on the day."""
    return _counted(stations, Post.objects.existing(as_of(month)))


def or_zero(stations: Iterable[int], counts: Mapping[int, int]) -> Values:
    """A kept ledger without rows is a known zero."""
    return {station: Decimal(counts.get(station, 0)) for station in stations}


def _counted(stations: Sequence[int], rows: "ScopedQuerySet") -> Values:
    found = rows.filter(station__in=stations).order_by().values_list("station_id")
    return or_zero(stations, dict(found.annotate(Count("pk"))))
