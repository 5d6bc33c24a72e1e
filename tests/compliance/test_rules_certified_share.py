from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Evidence, Reason, Shortfall, Status, SubjectKind
from compliance.rules.bindings import Severity
from compliance.rules.shapes import PersonFacts, Term
from compliance.shares import Share
from tests.compliance.rule_cases import (
    START,
    YEAR_1,
    YEAR_2,
    YEAR_3,
    binding,
    bound_with,
    certificate,
    certified_finding,
    people,
    placed,
)

VECTORS = [(20, 10, 14), (10, 5, 7), (7, 4, 5), (5, 3, 4), (4, 2, 3), (3, 2, 2), (14, 7, 10)]
BOUNDARIES = [("CERT-01", YEAR_1, n, first) for n, first, _ in VECTORS] + [
    ("CERT-03", YEAR_3, n, third) for n, _, third in VECTORS
]
COUNTS = st.integers(0, 60)
RULE_AND_DAY = st.sampled_from([("CERT-01", YEAR_1), ("CERT-03", YEAR_3)])


@pytest.mark.parametrize(("rule", "on", "n", "needed"), BOUNDARIES)
def test_exactly_the_needed_people_are_enough(rule, on, n, needed):
    enough = certified_finding(rule, people(certified=needed, without=n - needed), on)
    short = certified_finding(rule, people(certified=needed - 1, without=n - needed + 1), on)

    assert (enough.status, enough.measured, enough.shortfall) == (
        Status.MET,
        Share(needed, n),
        None,
    )
    assert (short.status, short.shortfall.people) == (Status.NOT_MET, 1)


def test_ten_of_twenty_keep_year_one_and_miss_year_three():
    staff = people(certified=10, without=10)

    first = certified_finding("CERT-01", staff, YEAR_1)
    third = certified_finding("CERT-03", staff, YEAR_3)

    assert (first.status, first.formula) == (Status.MET, "2 × 10 ≥ 20")
    assert (third.status, third.formula) == (Status.NOT_MET, "3 × 10 < 2 × 20")
    assert (third.measured, third.required) == (Share(10, 20), Share(2, 3))
    assert third.shortfall == Shortfall(people=4, by_hiring=10)


@pytest.mark.parametrize("rule_and_day", [("CERT-01", YEAR_1), ("CERT-03", YEAR_3)])
def test_nobody_on_post_is_no_pass(rule_and_day):
    finding = certified_finding(rule_and_day[0], (), rule_and_day[1])

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.NOBODY)
    assert (finding.measured, finding.shortfall) == (Share(0, 0), None)


@pytest.mark.parametrize(
    ("rule", "on", "applies"),
    [
        ("CERT-04", date(2024, 5, 31), False),
        ("CERT-04", date(2024, 6, 1), True),
        ("CERT-04", date(2025, 5, 31), True),
        ("CERT-04", date(2025, 6, 1), False),
        ("CERT-01", date(2023, 6, 1), True),
        ("CERT-01", date(2024, 5, 31), True),
        ("CERT-01", date(2024, 6, 1), False),
        ("CERT-03", date(2025, 5, 31), False),
        ("CERT-03", date(2025, 6, 1), True),
        ("CERT-03", date(2026, 5, 31), True),
    ],
)
def test_a_rule_applies_within_its_years(rule, on, applies):
    finding = certified_finding(rule, people(certified=2), on)

    assert finding.status is (Status.MET if applies else Status.NOT_APPLICABLE)
    assert (finding.reason is Reason.OTHER_YEAR) is not applies


@pytest.mark.parametrize("rule", ["CERT-01", "CERT-03"])
def test_the_floors_of_other_years_do_not_apply_in_the_second(rule):
    finding = certified_finding(rule, people(without=2), YEAR_2)

    assert (finding.status, finding.details) == (Status.NOT_APPLICABLE, {"year": 2})
    assert (finding.measured, finding.shortfall, finding.evidence) == (None, None, ())


def test_half_is_the_second_years_floor_and_falling_below_asks_for_attention():
    half = certified_finding("CERT-04", people(certified=2, without=2), YEAR_2)
    less = certified_finding("CERT-04", people(certified=2, without=3), YEAR_2)

    assert (half.status, half.formula) == (Status.MET, "2 × 2 ≥ 4")
    assert (less.status, less.inferred) == (Status.WATCH, True)
    assert less.shortfall == Shortfall(people=1, by_hiring=1)


def test_the_third_years_floor_lasts_in_a_longer_project():
    finding = certified_finding("CERT-03", people(without=3), date(2027, 6, 1), years=5)

    assert (finding.status, finding.details["year"]) == (Status.NOT_MET, 5)


@pytest.mark.parametrize(
    ("on", "first_year"), [(date(2025, 2, 28), True), (date(2025, 3, 1), False)]
)
def test_a_project_begun_on_a_leap_day_turns_a_year_on_the_first_of_march(on, first_year):
    finding = certified_finding("CERT-01", people(certified=1), on, starts_on=date(2024, 2, 29))

    assert (finding.status is Status.MET) is first_year


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (START, Status.WATCH),
        (START + timedelta(days=30), Status.WATCH),
        (START + timedelta(days=31), Status.NOT_MET),
    ],
)
def test_a_young_project_is_spared_until_the_last_day_of_grace(on, status):
    finding = certified_finding("CERT-01", people(certified=1, without=2), on)

    assert (finding.status, finding.shortfall) == (status, Shortfall(people=1, by_hiring=1))
    assert (finding.reason is Reason.GRACE) is (status is Status.WATCH)
    assert finding.details["grace_until"] == "2023-07-01"


def test_grace_spares_only_who_needs_it():
    met = certified_finding("CERT-01", people(certified=1, without=1), START)
    nobody = certified_finding("CERT-01", (), START)

    assert (met.status, nobody.status) == (Status.MET, Status.NO_DATA)


def test_pending_certificates_that_would_turn_the_verdict_leave_it_open():
    finding = certified_finding("CERT-01", people(certified=9, pending=1, without=10), YEAR_1)

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.AWAITING_VERIFICATION)
    assert (finding.measured, finding.if_verified) == (Share(9, 20), Share(10, 20))
    assert finding.shortfall == Shortfall(people=1, by_hiring=2)


def test_pending_certificates_that_turn_nothing_are_no_excuse():
    too_few = certified_finding("CERT-01", people(certified=8, pending=1, without=11), YEAR_1)
    not_needed = certified_finding("CERT-01", people(certified=10, pending=3, without=7), YEAR_1)

    assert (too_few.status, too_few.reason) == (Status.NOT_MET, Reason.NONE)
    assert (not_needed.status, not_needed.if_verified) == (Status.MET, Share(13, 20))


def test_within_grace_pending_certificates_still_leave_it_open():
    finding = certified_finding("CERT-01", people(pending=1, without=1), START)

    assert finding.status is Status.NO_DATA


@pytest.mark.parametrize(
    ("certificates", "counts_as"),
    [
        ((), "uncertified"),
        ((certificate("rejected"),), "uncertified"),
        ((certificate("rejected"), certificate("pending")), "pending"),
        ((certificate("pending"), certificate("verified", level="senior")), "certified"),
        ((certificate(obtained_on=YEAR_1),), "certified"),
        ((certificate(obtained_on=YEAR_1 + timedelta(days=1)),), "uncertified"),
        ((certificate("pending", obtained_on=YEAR_1 + timedelta(days=1)),), "uncertified"),
        (
            (certificate("pending"), certificate(obtained_on=YEAR_1 + timedelta(days=1))),
            "pending",
        ),
        ((certificate(until=date(2021, 1, 1)),), "certified"),
    ],
)
def test_what_a_person_counts_as(certificates, counts_as):
    finding = certified_finding("CERT-01", [PersonFacts("W1", certificates)], YEAR_1)

    assert finding.evidence == (Evidence(SubjectKind.WORKER, "W1", counts_as),)


@pytest.mark.parametrize(
    ("until", "status"), [(YEAR_1, Status.MET), (YEAR_1 - timedelta(days=1), Status.NOT_MET)]
)
def test_where_a_lapsed_registration_does_not_count(until, status):
    bound = bound_with("CERT-01", lapsed_counts=False)
    staff = [PersonFacts("W1", (certificate(until=until),))]

    assert certified_finding("CERT-01", staff, YEAR_1, bound=bound).status is status


def test_never_registered_is_not_lapsed():
    bound = bound_with("CERT-01", lapsed_counts=False)

    assert (
        certified_finding("CERT-01", people(certified=1), YEAR_1, bound=bound).status is Status.MET
    )


def test_only_the_levels_of_the_pack_count():
    bound = bound_with("CERT-01", levels=frozenset({"senior"}))

    finding = certified_finding("CERT-01", people(certified=1), YEAR_1, bound=bound)

    assert finding.status is Status.NOT_MET


def test_where_all_must_be_certified_hiring_mends_nothing():
    bound = bound_with("CERT-01", floor=Share(1, 1))

    finding = certified_finding("CERT-01", people(certified=1, without=2), YEAR_1, bound=bound)

    assert finding.shortfall.as_json() == {"people": 2}


TWIN = Term("P2", START, 3)


def test_a_person_who_may_belong_to_either_project_leaves_it_open():
    silent = [PersonFacts("W9"), PersonFacts("W8")]

    finding = certified_finding("CERT-01", silent, YEAR_1, others=[TWIN])

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.UNASSIGNED)
    assert [row.code for row in finding.evidence] == ["W8", "W9"]
    assert (finding.measured, finding.details["people"]) == (None, 2)


def test_placements_that_name_their_project_leave_nothing_open():
    mine, other = people(certified=2)
    staff = [placed(mine, project="P1"), placed(other, project="P2")]

    finding = certified_finding("CERT-01", staff, YEAR_1, others=[TWIN])

    assert (finding.status, finding.measured) == (Status.MET, Share(1, 1))


def test_of_an_ended_and_a_running_project_the_silent_belong_to_the_running_one():
    ended = Term("P0", date(2020, 6, 1), 3)

    finding = certified_finding("CERT-01", people(certified=1), START, others=[ended])

    assert finding.measured == Share(1, 1)


def test_who_is_no_purchased_social_worker_does_not_count():
    staff = [PersonFacts("W1", is_social_worker=False), PersonFacts("W2", purchased=False)]

    assert certified_finding("CERT-01", staff, YEAR_1).reason is Reason.NOBODY


def test_in_a_year_without_floor_it_does_not_matter_whose_people_they_are():
    finding = certified_finding("CERT-01", people(1), YEAR_2, others=[TWIN])

    assert (finding.status, finding.evidence) == (Status.NOT_APPLICABLE, ())


@pytest.mark.parametrize(
    "softer", [{"inferred": True}, {"severity": Severity.WARNING}], ids=["inferred", "warning"]
)
def test_an_inferred_or_soft_clause_is_never_broken_outright(softer):
    bound = replace(binding("CERT-01"), **softer)

    finding = certified_finding("CERT-01", people(without=3), YEAR_1, bound=bound)

    assert (finding.status, finding.shortfall.people) == (Status.WATCH, 2)


RANK = [Status.NOT_MET, Status.WATCH, Status.NO_DATA, Status.MET]


@given(RULE_AND_DAY, COUNTS, COUNTS, COUNTS)
def test_one_more_certified_never_worsens(rule_and_day, certified, pending, without):
    rule, on = rule_and_day
    before = certified_finding(rule, people(certified, pending, without), on)
    hired = certified_finding(rule, people(certified + 1, pending, without), on)

    if before.measured.den:
        assert RANK.index(hired.status) >= RANK.index(before.status)


@given(RULE_AND_DAY, COUNTS, st.integers(1, 60))
def test_certifying_the_people_missing_reaches_the_floor_and_one_fewer_does_not(
    rule_and_day, certified, without
):
    rule, on = rule_and_day
    shortfall = certified_finding(rule, people(certified, 0, without), on).shortfall
    missing = shortfall.people if shortfall else 0

    mended = certified_finding(rule, people(certified + missing, 0, without - missing), on)
    assert mended.status is Status.MET
    if missing:
        nearly = people(certified + missing - 1, 0, without - missing + 1)
        assert certified_finding(rule, nearly, on).status is Status.NOT_MET


@given(RULE_AND_DAY, COUNTS, st.integers(1, 60))
def test_hiring_the_people_missing_reaches_the_floor_and_one_fewer_does_not(
    rule_and_day, certified, without
):
    rule, on = rule_and_day
    shortfall = certified_finding(rule, people(certified, 0, without), on).shortfall
    missing = shortfall.by_hiring if shortfall else 0

    mended = certified_finding(rule, people(certified + missing, 0, without), on)
    assert mended.status is Status.MET
    if missing:
        nearly = people(certified + missing - 1, 0, without)
        assert certified_finding(rule, nearly, on).status is Status.NOT_MET


@given(RULE_AND_DAY, COUNTS, COUNTS, COUNTS)
def test_verdict_agrees_with_the_fraction(rule_and_day, certified, pending, without):
    rule, on = rule_and_day
    finding = certified_finding(rule, people(certified, pending, without), on)
    n = certified + pending + without
    floor = Fraction(1, 2) if rule == "CERT-01" else Fraction(2, 3)

    assert (finding.status is Status.MET) is (n > 0 and Fraction(certified, n or 1) >= floor)
