"""CERT-02: above the last day of the year before, or all certified."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Reason, Shortfall, Status
from compliance.rules.shapes import OpeningFacts, PersonFacts, Term
from compliance.shares import Share
from compliance.wording import formula
from tests.compliance.rule_cases import (
    LONG_AGO,
    START,
    YEAR_1,
    YEAR_2,
    bound_with,
    certificate,
    finding_of,
    people,
    placed,
    project,
)

DAY = timedelta(days=1)
BASELINE = date(2024, 5, 31)  # the last day of year 1
LAST_DAY = date(2025, 5, 31)
MANY = st.integers(0, 30)


def rising(before, now, *, pending=0, on=YEAR_2, bound=None, **fields):
    """A project that had `before` = (certified, people) on the last day and has `now`."""
    old = [placed(one, LONG_AGO, BASELINE) for one in people(before[0], 0, before[1] - before[0])]
    new = [
        placed(one, BASELINE + DAY) for one in people(now[0], pending, now[1] - now[0] - pending)
    ]
    return finding_of("CERT-02", project([*old, *new], **fields), on, bound=bound)


@pytest.mark.parametrize(
    ("before", "now", "status", "shortfall"),
    [
        ((10, 20), (11, 20), Status.MET, None),
        ((10, 20), (10, 20), Status.WATCH, Shortfall(people=1, by_hiring=1)),
        ((10, 20), (9, 20), Status.NOT_MET, Shortfall(people=2, by_hiring=3)),
        ((10, 20), (10, 21), Status.NOT_MET, Shortfall(people=1, by_hiring=2)),
        ((10, 20), (6, 11), Status.MET, None),
        ((1, 3), (2, 6), Status.WATCH, Shortfall(people=1, by_hiring=1)),
        ((14, 20), (14, 20), Status.WATCH, Shortfall(people=1, by_hiring=1)),
        ((5, 5), (5, 5), Status.MET, None),
        ((5, 5), (4, 5), Status.NOT_MET, Shortfall(people=1)),
        ((0, 5), (0, 5), Status.WATCH, Shortfall(people=1, by_hiring=1)),
        ((9, 10), (8, 9), Status.NOT_MET, Shortfall(people=1, by_hiring=2)),
    ],
)
def test_compared_with_the_year_before(before, now, status, shortfall):
    finding = rising(before, now)

    assert (finding.status, finding.shortfall) == (status, shortfall)
    assert (finding.measured, finding.required) == (Share(*now), Share(*before))


def test_a_share_of_two_thirds_exempts_nobody():
    assert rising((15, 20), (14, 20)).status is Status.NOT_MET


@pytest.mark.parametrize(
    ("on", "status"), [(LAST_DAY - DAY, Status.WATCH), (LAST_DAY, Status.NOT_MET)]
)
def test_an_equal_share_is_spared_until_the_years_last_day(on, status):
    finding = rising((10, 20), (10, 20), on=on)

    assert (finding.status, finding.reason) == (status, Reason.EQUAL)
    assert finding.details["year_ends_on"] == "2025-05-31"


@pytest.mark.parametrize("on", [START, YEAR_1, BASELINE])
def test_in_the_first_year_there_is_nothing_to_compare_with(on):
    finding = finding_of("CERT-02", project(people(1)), on)

    assert (finding.status, finding.reason) == (Status.NOT_APPLICABLE, Reason.OTHER_YEAR)


def test_from_the_first_day_of_year_two_it_applies():
    assert rising((1, 2), (2, 2), on=BASELINE + DAY).details["baseline_on"] == "2024-05-31"


def test_every_later_year_is_compared_with_the_one_before():
    staff = [placed(one, LONG_AGO) for one in people(certified=1, without=1)]
    late = placed(PersonFacts("W9", (certificate(obtained_on=date(2025, 6, 1)),)))

    finding = finding_of("CERT-02", project([*staff, late], years=5), date(2026, 7, 1))

    assert finding.details["baseline_on"] == "2026-05-31"
    assert (finding.measured, finding.required) == (Share(2, 3), Share(2, 3))


def test_a_certificate_of_the_last_day_counts_for_the_baseline_a_day_later_does_not():
    on_time = PersonFacts("W1", (certificate(obtained_on=BASELINE),))
    late = PersonFacts("W2", (certificate(obtained_on=BASELINE + DAY),))

    finding = finding_of("CERT-02", project([on_time, late, PersonFacts("W3")]), YEAR_2)

    assert (finding.required, finding.measured) == (Share(1, 3), Share(2, 3))


def test_where_lapsed_ones_do_not_count_the_baseline_lapses_by_its_own_day():
    bound = bound_with("CERT-02", lapsed_counts=False)
    lapsing = PersonFacts("W1", (certificate(until=BASELINE),))

    finding = finding_of("CERT-02", project([lapsing, PersonFacts("W2")]), YEAR_2, bound=bound)

    assert (finding.required, finding.measured) == (Share(1, 2), Share(0, 2))
    assert finding.status is Status.NOT_MET


def test_without_anybody_the_year_before_there_is_no_baseline():
    finding = rising((0, 0), (1, 2))

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.NO_BASELINE)
    assert (finding.required, finding.shortfall) == (None, None)


def test_without_anybody_now_there_is_no_share():
    finding = rising((1, 2), (0, 0))

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.NOBODY)


def test_an_attested_figure_takes_the_place_of_the_ledgers():
    opening = OpeningFacts(1, 3, 4)

    finding = rising((1, 2), (2, 4), openings=(opening,))

    assert (finding.required, finding.status) == (Share(3, 4), Status.NOT_MET)
    assert finding.details["attested"] == 1
    assert rising((0, 0), (4, 4), openings=(opening,)).status is Status.MET


def test_a_figure_of_another_year_is_no_baseline():
    assert rising((0, 0), (1, 2), openings=(OpeningFacts(2, 1, 2),)).status is Status.NO_DATA


def test_pending_certificates_that_would_raise_the_share_leave_it_open():
    finding = rising((10, 20), (9, 20), pending=2)

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.AWAITING_VERIFICATION)
    assert (finding.measured, finding.if_verified) == (Share(9, 20), Share(11, 20))


@pytest.mark.parametrize(
    ("now", "pending", "on", "status"),
    [
        ((9, 20), 1, YEAR_2, Status.NOT_MET),  # only equal even then
        ((10, 20), 1, YEAR_2, Status.WATCH),  # equal within the year stays
        ((10, 20), 1, LAST_DAY, Status.NO_DATA),
        ((1, 2), 1, LAST_DAY, Status.NO_DATA),  # all certified then
    ],
)
def test_what_pending_certificates_change(now, pending, on, status):
    assert rising((10, 20), now, pending=pending, on=on).status is status


def test_people_of_two_projects_leave_it_open_now_and_then():
    twin = Term("P2", START, 3)
    now = finding_of("CERT-02", project(people(1, 0, 1), others=[twin]), YEAR_2)
    ended = Term("P2", date(2022, 6, 1), 2)  # ran until the day of the baseline
    before = finding_of("CERT-02", project(people(1, 0, 1), others=[ended]), YEAR_2)

    assert {now.reason, before.reason} == {Reason.UNASSIGNED}
    assert before.status is Status.NO_DATA


def test_who_belonged_to_whom_does_not_matter_once_attested():
    ended = Term("P2", date(2022, 6, 1), 2)

    finding = finding_of(
        "CERT-02",
        project(people(2, 0, 1), others=[ended], openings=(OpeningFacts(1, 1, 2),)),
        YEAR_2,
    )

    assert finding.status is Status.MET


@pytest.mark.parametrize(
    ("on", "baseline"),
    [
        (date(2025, 3, 1), "2025-02-28"),
        (date(2026, 3, 1), "2026-02-28"),
        (date(2028, 2, 29), "2028-02-28"),
    ],
)
def test_a_project_begun_on_a_leap_day_is_compared_with_the_day_before_its_anniversary(
    on, baseline
):
    finding = finding_of(
        "CERT-02", project(people(1, 0, 1), starts_on=date(2024, 2, 29), years=6), on
    )

    assert finding.details["baseline_on"] == baseline


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((10, 20), (11, 20), "11 × 20 > 10 × 20"),
        ((10, 20), (10, 20), "10 × 20 = 10 × 20"),
        ((10, 20), (9, 20), "9 × 20 < 10 × 20"),
        ((10, 20), (3, 3), "3 = 3"),
        ((0, 0), (3, 4), ""),
    ],
)
def test_the_formula(before, now, said):
    assert formula(rising(before, now)) == said


@given(MANY, MANY, MANY, MANY)
def test_the_verdict_agrees_with_the_fractions(c0, more0, c, more):
    finding = rising((c0, c0 + more0), (c, c + more))
    if not (c0 + more0 and c + more):
        assert finding.status is Status.NO_DATA
        return
    now, before = Fraction(c, c + more), Fraction(c0, c0 + more0)
    expected = Status.MET if now > before or now == 1 else Status.NOT_MET
    assert finding.status is (Status.WATCH if now == before != 1 else expected)


@given(MANY, st.integers(1, 30), MANY, st.integers(1, 30))
def test_the_shortfall_is_enough_and_one_fewer_is_not(c0, more0, c, more):
    finding = rising((c0, c0 + more0), (c, c + more))
    gap = finding.shortfall
    if gap is None:
        assert finding.status is Status.MET
        return

    def verdict(certified, everybody):
        return rising((c0, c0 + more0), (certified, everybody)).status

    assert gap.people >= 1
    assert verdict(c + gap.people, c + more) is Status.MET
    assert gap.people == 1 or verdict(c + gap.people - 1, c + more) is not Status.MET
    assert verdict(c + gap.by_hiring, c + more + gap.by_hiring) is Status.MET
    nearly = gap.by_hiring - 1
    assert not nearly or verdict(c + nearly, c + more + nearly) is not Status.MET


@given(MANY, MANY, MANY, MANY, MANY)
def test_one_more_certified_never_worsens(c0, more0, c, pending, more):
    # Who would pass once verified and now is equal is watched, and no longer open.
    rank = [Status.NOT_MET, Status.NO_DATA, Status.WATCH, Status.MET]
    before = rising((c0, c0 + more0), (c, c + pending + more), pending=pending)
    after = rising((c0, c0 + more0), (c + 1, c + 1 + pending + more), pending=pending)

    if before.measured.den:
        assert rank.index(after.status) >= rank.index(before.status)
