"""Days, anniversaries and reporting periods; both ends of everything count."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)


class UnknownPeriod(Exception):
    """The text is none of 2026, 2026-H1, 2026-Q3, 2026-10."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period under its short name."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def parse_period(text: str) -> Period:
    """A year, half-year, quarter or month, written as 2026, 2026-H1, 2026-Q3 or 2026-10."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None or match["year"] in {"0000", "9999"}:
        raise UnknownPeriod(text)
    start, months = _months(match)
    first = date(int(match["year"]), start, 1)
    return Period(match[0], first, _months_later(first, months) - timedelta(days=1))


def month_of(day: date) -> Period:
    """The month that the day lies in."""
    return parse_period(f"{day:%Y-%m}")


def quarter_of(day: date) -> Period:
    """The quarter that the day lies in."""
    return parse_period(f"{day:%Y}-Q{(day.month + 2) // 3}")


def _months(match: re.Match[str]) -> tuple[int, int]:
    """The first month and how many there are."""
    if match["half"]:
        return 6 * int(match["half"]) - 5, 6
    if match["quarter"]:
        return 3 * int(match["quarter"]) - 2, 3
    if match["month"]:
        return int(match["month"]), 1
    return 1, 12


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def twelve_months(last: date) -> list[date]:
    """The first days of the eleven months before and of the day's own."""
    return [_months_later(last.replace(day=1), months) for months in range(-11, 1)]


def anniversary(start: date, years: int) -> date:
    """The same day some years on; 29 February's is 1 March where the year has none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def project_year(start: date, on: date) -> int:
    """1 + the whole anniversaries passed."""
    years = on.year - start.year
    return years + 1 if anniversary(start, years) <= on else years


def project_year_period(start: date, year: int) -> Period:
    """First and last day of a project's n-th year."""
    first = anniversary(start, year - 1)
    return Period(f"Y{year}", first, anniversary(start, year) - timedelta(days=1))


def is_active(start: date, years: int, on: date) -> bool:
    """A project is active from its start until the day before its last anniversary."""
    return start <= on < anniversary(start, years)


def last_day_of_grace(start: date, grace_days: int) -> date:
    """The last day on which a young project is spared; 30 days end on the 30th day after."""
    return start + timedelta(days=grace_days)


def covers(first: date, last: date | None, on: date) -> bool:
    """Whether a row's dates contain the day; without a last day it is open."""
    return first <= on and (last is None or on <= last)
