"""Workdays: Monday to Friday, and the days that a year's notice makes free or makes work.

`exceptions` says of a day whether it is worked; a day that it leaves out follows the week.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tenancy.periods import Period

Exceptions = Mapping[date, bool]
SHIPPED = Path(__file__).parent / "calendar"
SATURDAY = 5
ONE_DAY = timedelta(days=1)
# No real holiday comes near it: exceptions that free more days in a row are a mistake.
LONGEST_REST = 366


class NoWorkday(Exception):
    """The exceptions leave no workday for a year after the day."""


def is_workday(day: date, exceptions: Exceptions) -> bool:
    """Whether people work on the day."""
    return exceptions.get(day, day.weekday() < SATURDAY)


def shifted(day: date, exceptions: Exceptions) -> date:
    """The day itself if it is worked, else the next one that is."""
    for days in range(LONGEST_REST + 1):
        if is_workday(day + timedelta(days=days), exceptions):
            return day + timedelta(days=days)
    raise NoWorkday(day)


def add_workdays(day: date, n: int, exceptions: Exceptions) -> date:
    """The n-th workday after the day; none after it is the day itself, shifted."""
    if n < 0:
        raise ValueError(n)
    if n == 0:
        return shifted(day, exceptions)
    for _ in range(n):
        day = shifted(day + ONE_DAY, exceptions)
    return day


def workdays_in(period: Period, exceptions: Exceptions) -> int:
    """How many days of the period are worked."""
    return sum(is_workday(day, exceptions) for day in _days(period.first, period.last))


@dataclass(frozen=True, slots=True)
class ShippedDay:
    """A day that a notice takes out of the week's rhythm."""

    day: date
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class ShippedYear:
    """The notice of a year, day by day."""

    year: int
    source: str
    days: tuple[ShippedDay, ...]

    @property
    def exceptions(self) -> dict[date, bool]:
        return {one.day: one.is_workday for one in self.days}


def shipped_years() -> dict[int, ShippedYear]:
    """The years whose notice comes with the platform; of others only the week is known."""
    years = map(_read, sorted(SHIPPED.glob("*.toml")))
    return {one.year: one for one in years}


def _read(path: Path) -> ShippedYear:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    days = sorted(
        (day for holiday in table["holiday"] for day in _of(holiday)), key=lambda one: one.day
    )
    return ShippedYear(table["year"], table["source"], tuple(days))


def _of(holiday: Mapping[str, Any]) -> Iterator[ShippedDay]:
    """Its free days, and those worked in exchange."""
    for day in _days(holiday["from"], holiday["to"]):
        yield ShippedDay(day, is_workday=False, name=holiday["name"])
    for day in holiday.get("works", ()):
        yield ShippedDay(day, is_workday=True, name=holiday["name"])


def _days(first: date, last: date) -> Iterator[date]:
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)
