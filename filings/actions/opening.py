"""Opening a month: a record for each station that operates in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from filings import totals
from filings.actions.calendar import adopt_years
from filings.clocks import clocks_of
from filings.models import FilingPolicy, MonthlyRecord, RecordTemplate
from stations.models import Station, StationSeat
from tenancy import audit
from tenancy.models import User
from tenancy.periods import Period

BATCH = 1000


class InTheFuture(Exception):
    """The month has not begun."""


class NoTemplate(Exception):
    """No template that the tenant has loaded is for the month."""


@dataclass(frozen=True)
class Opened:
    """How many records were made, how many stood already, and what one should know."""

    made: int
    stood: int
    warnings: tuple[str, ...] = field(default=())


@transaction.atomic
def open_period(*, period: Period, by: User) -> Opened:
    """Make the month's records; asked again it makes those of stations that came since.

    Raises `InTheFuture`, `NoTemplate`.
    """
    unknown = adopt_years([(period.last + timedelta(days=1)).year])
    fresh = records_to_come(period)
    stood = MonthlyRecord.objects.filter(month=period.first).count()
    MonthlyRecord.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    if fresh:
        totals.rebuild(period.first)
        audit.record(verb="open-period", by=by, detail={"month": period.name, "rows": len(fresh)})
    return Opened(len(fresh), stood, tuple(_warnings(unknown)))


def records_to_come(period: Period) -> list[MonthlyRecord]:
    """The records that the month lacks, not stored: one a station that operates in it.

    Raises `InTheFuture`, `NoTemplate`.
    """
    if period.first > timezone.localdate():
        raise InTheFuture(period.name)
    template = RecordTemplate.objects.for_month(period.first).first()
    if template is None:
        raise NoTemplate(period.name)
    policy = FilingPolicy.objects.current()
    clocks, streets = clocks_of(period, policy), streets_on(period.last)
    rows = MonthlyRecord.objects.filter(month=period.first)
    standing = set(rows.values_list("station", flat=True))
    return [
        MonthlyRecord(
            station_id=station,
            month=period.first,
            template=template,
            street_id=streets[station],
            due_on=clocks.due_on,
            locks_on=clocks.locks_on,
            street_first=policy.street_first,
        )
        for station in _operating(period)
        if station not in standing and station in streets
    ]


def _operating(period: Period) -> Iterable[int]:
    """Stations that operated on at least one day of the month, in the order of their codes."""
    never = Q(closed_on__lte=F("opened_on"))
    whole_month = Q(suspended_from__lte=period.first) & (
        Q(suspended_to=None) | Q(suspended_to__gte=period.last)
    )
    rows = Station.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=period.first), opened_on__lte=period.last
    )
    return rows.exclude(never).exclude(whole_month).order_by("code").values_list("pk", flat=True)


def streets_on(day: date) -> dict[int, int]:
    """The street of each station on the day."""
    return dict(StationSeat.objects.in_force(day).values_list("station_id", "street_id"))


def _warnings(years: Iterable[int]) -> Iterator[str]:
    for year in years:
        sentence = _("工作日历中没有 %s 年的节假日，期限只避开了周末。请核定该年后再核对期限。")
        yield sentence % year
