"""When a month's records are due and when they are locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from filings.calendars import add_workdays, shifted
from filings.models import CalendarDay, FilingPolicy
from tenancy.periods import Period

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Clocks:
    """应报日 and 锁定日, both workdays by the calendar as it stands."""

    due_on: date
    locks_on: date


def clocks_of(period: Period, policy: FilingPolicy) -> Clocks:
    """Days of the month after, each moved on to a workday."""
    after = period.last + timedelta(days=1)
    exceptions = CalendarDay.objects.exceptions(after, after + AHEAD)
    due_on = _shifted(after, policy.due_day, exceptions)
    return Clocks(due_on, max(due_on, _shifted(after, policy.lock_day, exceptions)))


def _shifted(after: date, day: int, exceptions: Mapping[date, bool]) -> date:
    return shifted(after.replace(day=day), exceptions)


def workdays_on(count: int) -> date:
    """So many workdays after today."""
    today = timezone.localdate()
    return add_workdays(today, count, CalendarDay.objects.exceptions(today, today + 2 * AHEAD))
