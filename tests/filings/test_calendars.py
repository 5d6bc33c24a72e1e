"""Workdays at the edges of holidays, and what holds on any calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.calendars import (
    NoWorkday,
    add_workdays,
    is_workday,
    shifted,
    shipped_years,
    workdays_in,
)
from tenancy.periods import Period, parse_period

YEARS = shipped_years()
KNOWN = YEARS[2025].exceptions | YEARS[2026].exceptions
DAYS = st.dates(date(2024, 12, 1), date(2027, 1, 31))
CALENDARS = st.dictionaries(DAYS, st.booleans(), max_size=30)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 10, 1), date(2026, 10, 8)),  # a chain of seven days
        (date(2026, 2, 15), date(2026, 2, 24)),  # nine, weekends among them
        (date(2026, 2, 14), date(2026, 2, 14)),  # a Saturday worked in exchange
        (date(2026, 2, 21), date(2026, 2, 24)),  # a Saturday inside a chain
        (date(2026, 10, 10), date(2026, 10, 10)),
        (date(2026, 10, 11), date(2026, 10, 12)),  # the Sunday after
        (date(2026, 1, 1), date(2026, 1, 4)),  # ends on a Sunday worked in exchange
        (date(2025, 10, 5), date(2025, 10, 9)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_day_goes_to_the_next_workday(day, worked):
    assert shifted(day, KNOWN) == worked


def test_a_day_goes_over_the_end_of_a_year():
    assert shifted(date(2022, 12, 31), {date(2023, 1, 2): False}) == date(2023, 1, 3)


def test_an_unknown_year_knows_only_the_week():
    assert 2024 not in YEARS
    assert shifted(date(2024, 10, 1), KNOWN) == date(2024, 10, 1)
    assert shifted(date(2024, 10, 5), KNOWN) == date(2024, 10, 7)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
    ],
)
def test_workdays_are_counted_from_the_day_after(start, n, end):
    assert add_workdays(start, n, KNOWN) == end


def test_no_workdays_are_counted_backwards():
    with pytest.raises(ValueError, match="-1"):
        add_workdays(date(2026, 1, 5), -1, {})


@pytest.mark.parametrize(("year", "workdays"), [(2025, 248), (2026, 248)])
def test_a_year_has_the_workdays_that_the_law_leaves(year, workdays):
    """365 days without 104 days of weekends and 13 holidays: what is worked in exchange evens out.

    The check falls on every wrong date of a shipped file.
    """
    assert workdays_in(parse_period(str(year)), KNOWN) == workdays


def test_a_month_counts_both_of_its_ends():
    assert workdays_in(parse_period("2026-10"), KNOWN) == 18
    assert workdays_in(parse_period("2025-01"), KNOWN) == 19


@pytest.mark.parametrize("year", YEARS)
def test_every_shipped_day_changes_the_week_once(year):
    days = YEARS[year].days
    assert len({one.day for one in days}) == len(days)
    assert {one.day.year for one in days} == {year}
    assert all(one.name for one in days)
    assert all(not is_workday(one.day, {}) for one in days if one.is_workday)


def test_a_calendar_without_workdays_is_refused():
    first = date(2026, 1, 1)
    with pytest.raises(NoWorkday):
        shifted(first, {first + timedelta(days=n): False for n in range(400)})


@settings(max_examples=40)
@given(DAYS, CALENDARS)
def test_shifting_finds_the_first_workday_and_stays_there(day, exceptions):
    found = shifted(day, exceptions)

    assert is_workday(found, exceptions)
    assert shifted(found, exceptions) == found
    assert workdays_in(Period("", day, found), exceptions) == 1


@settings(max_examples=40)
@given(DAYS, st.integers(1, 12), CALENDARS)
def test_adding_and_counting_agree(day, n, exceptions):
    end = add_workdays(day, n, exceptions)

    assert workdays_in(Period("", day + timedelta(days=1), end), exceptions) == n
    assert add_workdays(add_workdays(day, 1, exceptions), n - 1, exceptions) == end
