"""What one person's placements add up to."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from staffing.shares import overlaps, overloads

START = date(2026, 1, 1)


@dataclass
class Stay:
    starts_on: date
    ends_on: date | None
    share: Decimal
    post: str = "甲"


def stay(first, last, share, post="甲"):
    end = None if last is None else START + timedelta(days=last)
    return Stay(START + timedelta(days=first), end, Decimal(share), post)


def sum_on(stays, day):
    return sum(s.share for s in stays if s.starts_on <= day <= (s.ends_on or date.max))


stays = st.lists(
    st.builds(
        lambda first, days, share: stay(first, None if days is None else first + days, share),
        st.integers(0, 40),
        st.none() | st.integers(0, 20),
        st.integers(1, 10).map(lambda tenths: Decimal(tenths) / 10),
    ),
    max_size=6,
)


@given(stays)
def test_an_overload_is_found_exactly_when_some_day_passes_one(found):
    days = [START + timedelta(days=n) for n in range(70)]

    assert any(sum_on(found, day) > 1 for day in days) == bool([*overloads(found)])


@given(stays)
def test_an_overload_tells_its_day_and_sum(found):
    for overload in overloads(found):
        assert overload.total == sum_on(found, overload.day) > 1


def test_stays_on_one_post_overlap_by_a_day():
    assert [*overlaps([stay(0, 5, 1), stay(5, 9, 1)])]


def test_stays_that_follow_each_other_or_lie_on_two_posts_do_not_overlap():
    assert not [*overlaps([stay(0, 5, 1), stay(6, 9, 1), stay(0, 9, 1, post="乙")])]
