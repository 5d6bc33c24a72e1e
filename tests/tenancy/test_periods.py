from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenancy.periods import (
    UnknownPeriod,
    anniversary,
    is_active,
    parse_period,
    project_year,
    project_year_period,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2026-12 ", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text, first, last):
    period = parse_period(text)

    assert (period.name, period.first, period.last) == (text.strip(), first, last)
    assert first in period
    assert last in period
    assert last + timedelta(days=1) not in period


@pytest.mark.parametrize(
    "text", ["", "26", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-q1", "0000",
             "9999-12", "２０２６", "2026-1", "2026-10-05"]
)  # fmt: skip
def test_other_spellings_of_a_period_are_refused(text):
    with pytest.raises(UnknownPeriod):
        parse_period(text)


@pytest.mark.parametrize(
    ("start", "years", "day"),
    [
        (date(2023, 6, 1), 1, date(2024, 6, 1)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 0, date(2024, 2, 29)),
    ],
)
def test_anniversaries(start, years, day):
    assert anniversary(start, years) == day


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2023, 6, 1), 1),
        (date(2024, 5, 31), 1),
        (date(2024, 6, 1), 2),
        (date(2025, 12, 31), 3),
    ],
)
def test_the_project_year(on, year):
    assert project_year(date(2023, 6, 1), on) == year


def test_a_project_is_active_from_its_start_to_the_day_before_its_last_anniversary():
    start = date(2024, 2, 29)

    assert [
        is_active(start, 3, day)
        for day in (date(2024, 2, 28), start, date(2027, 2, 28), date(2027, 3, 1))
    ] == [False, True, True, False]


@given(DAYS, DAYS)
def test_every_day_lies_in_its_project_year(start, on):
    if on >= start:
        assert on in project_year_period(start, project_year(start, on))


@given(DAYS, st.integers(1, 9))
def test_project_years_follow_without_gap(start, year):
    this, following = project_year_period(start, year), project_year_period(start, year + 1)

    assert following.first - this.last == timedelta(days=1)
