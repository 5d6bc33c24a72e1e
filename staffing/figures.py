"""What the roster says of stations in a month: who is on post, certified, new, gone.

A person counts once at a station, however many posts they hold there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q

from staffing.models import Certificate, Placement
from stations.figures import as_of, shared
from stations.figures.ledgers import or_zero
from stations.models import Post
from tenancy.periods import Period

People = Mapping[int, set[int]]
Values = dict[int, Decimal]
VERIFIED = Q(verification=Certificate.Verification.VERIFIED)


@shared
def people_on_post(stations: Sequence[int], on: date) -> dict[int, set[int]]:
    """The social workers on post on the day, by station."""
    rows = Placement.objects.active(on).filter(
        post__station__in=stations, worker__is_social_worker=True
    )
    found: dict[int, set[int]] = defaultdict(set)
    for station, worker in rows.values_list("post__station_id", "worker_id"):
        found[station].add(worker)
    return found


def on_post(stations: Sequence[int], month: Period) -> Values:
    """Social workers on post on the day."""
    return _heads(stations, people_on_post(stations, as_of(month)))


def certified(stations: Sequence[int], month: Period) -> Values:
    """Those of them who hold a verified certificate of any level."""
    return _holders(stations, as_of(month), VERIFIED)


def registered(stations: Sequence[int], month: Period) -> Values:
    """Those of them whose verified certificate is registered on the day."""
    on = as_of(month)
    return _holders(stations, on, VERIFIED & Q(registered_until__gte=on))


def joined(stations: Sequence[int], month: Period) -> Values:
    """Those who came in the month: not on post when it began, on post since.

    So the head count of the month before, with those who joined and without those who left, is
    that of the month.
    """
    before, since = people_on_post(stations, _eve(month)), _people_in(stations, month)
    return _heads(stations, {key: since[key] - before[key] for key in stations})


def left(stations: Sequence[int], month: Period) -> Values:
    """Those who were on post when the month began or in it, and no longer are."""
    before, since = people_on_post(stations, _eve(month)), _people_in(stations, month)
    after = people_on_post(stations, as_of(month))
    return _heads(stations, {key: (before[key] | since[key]) - after[key] for key in stations})


def vacant_posts(stations: Sequence[int], month: Period) -> Values:
    """Posts that exist on the day and that nobody holds."""
    on = as_of(month)
    held = Placement.objects.active(on).filter(post__station__in=stations).values("post_id")
    posts = Post.objects.existing(on).filter(station__in=stations).exclude(pk__in=held)
    counts = posts.order_by().values_list("station_id").annotate(Count("pk"))
    return or_zero(stations, dict(counts))


def _eve(month: Period) -> date:
    return month.first - timedelta(days=1)


@shared
def _people_in(stations: Sequence[int], month: Period) -> dict[int, set[int]]:
    """Who was on post on any day of the month so far, be it one."""
    first, last = month.first, as_of(month)
    rows = Placement.objects.overlapping(first, last).filter(
        post__station__in=stations, worker__is_social_worker=True
    )
    days = [
        *("starts_on", "worker__hired_on", "post__set_on"),
        *("ends_on", "worker__left_on", "post__abolished_on"),
    ]
    found: dict[int, set[int]] = defaultdict(set)
    for station, worker, *dates in rows.values_list("post__station_id", "worker_id", *days):
        ends = [day for day in dates[3:] if day]
        if max(first, *dates[:3]) <= min([last, *ends]):
            found[station].add(worker)
    return found


def _holders(stations: Sequence[int], on: date, which: Q) -> Values:
    people = people_on_post(stations, on)
    everybody = set().union(*people.values())
    rows = Certificate.objects.filter(which, obtained_on__lte=on, worker__in=everybody)
    holders = set(rows.values_list("worker_id", flat=True))
    return _heads(stations, {key: workers & holders for key, workers in people.items()})


def _heads(stations: Sequence[int], people: People) -> Values:
    return or_zero(stations, {key: len(workers) for key, workers in people.items()})
