"""The work calendar and the clocks that follow from it: set by hand or taken over."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings import totals
from filings.calendars import ShippedYear, shipped_years
from filings.clocks import clocks_of
from filings.models import CalendarDay, CalendarYear, FilingPolicy, MonthlyRecord
from tenancy import audit
from tenancy.models import User
from tenancy.periods import month_of
from tenancy.versions import Stale


def adopt_years(years: Iterable[int]) -> list[int]:
    """Take over the shipped holidays of years that the tenant does not know yet.

    The years of which nothing is known are left.
    """
    wanted, shipped = set(years), shipped_years()
    known = set(CalendarYear.objects.filter(year__in=wanted).values_list("year", flat=True))
    for year in sorted((wanted - known) & shipped.keys()):
        _adopt(shipped[year])
        CalendarYear.objects.create(year=year)
    return sorted(wanted - known - shipped.keys())


def _adopt(year: ShippedYear) -> None:
    days = (CalendarDay(**asdict(one)) for one in year.days)
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)


@transaction.atomic
def set_day(*, day: date, is_workday: bool, name: str, by: User) -> None:
    """Say that there is work on a day, or none; records not yet due follow."""
    adopt_years([day.year])
    values = {"is_workday": is_workday, "name": name}
    CalendarDay.objects.update_or_create(day=day, defaults=values)
    audit.record(verb="set-workday", by=by, detail={"day": str(day), "is_workday": is_workday})
    _reclock()


@transaction.atomic
def forget_day(*, day: date, by: User) -> None:
    """Let a day follow the week again."""
    if CalendarDay.objects.filter(day=day).delete()[0]:
        audit.record(verb="forget-workday", by=by, detail={"day": str(day)})
        _reclock()


@transaction.atomic
def confirm_year(*, year: int, by: User) -> None:
    """Say that the days of a year are complete."""
    adopt_years([year])
    _row, made = CalendarYear.objects.get_or_create(year=year)
    if made:
        audit.record(verb="confirm-calendar", by=by, detail={"year": year})


def _reclock() -> None:
    """Give records that are not due yet the clocks of the calendar as it stands.

    Not those whose clocks somebody has set: by extension, return or reopening.
    """
    policy, today = FilingPolicy.objects.current(), timezone.localdate()
    rows = MonthlyRecord.objects.filter(
        due_on__gte=today, extensions=None, returned_at=None, reopened_at=None, locked_at=None
    )
    for month in rows.order_by().values_list("month", flat=True).distinct():
        clocks = clocks_of(month_of(month), policy)
        moved = rows.filter(month=month).exclude(due_on=clocks.due_on, locks_on=clocks.locks_on)
        keys = [*moved.values_list("pk", flat=True)]
        MonthlyRecord.objects.filter(pk__in=keys).update(
            due_on=clocks.due_on, locks_on=clocks.locks_on, version=F("version") + 1
        )
        if keys:
            totals.rebuild(month)


@transaction.atomic
def set_policy(*, changes: Mapping[str, Any], seen: int, by: User) -> FilingPolicy:
    """Set how records are filed from the next month that is opened. Raises `Stale`."""
    policy = FilingPolicy.objects.select_for_update().first()
    if policy is None:
        policy = FilingPolicy.objects.create(**changes)
    elif not FilingPolicy.objects.filter(pk=policy.pk, version=seen).update(
        **changes, version=F("version") + 1
    ):
        raise Stale
    audit.record(verb="set-filing", by=by, target=policy, detail={**changes})
    return policy
