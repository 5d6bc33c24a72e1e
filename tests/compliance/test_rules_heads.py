"""POST-05: as many people as were agreed."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Reason, Shortfall, Status
from compliance.rules.shapes import ContractFacts, PersonFacts, Term
from compliance.wording import formula
from tests.compliance.rule_cases import (
    LONG_AGO,
    START,
    YEAR_1,
    bound_with,
    finding_of,
    people,
    placed,
    project,
)

DAY = timedelta(days=1)
BEFORE = YEAR_1 - 30 * DAY
SHARES = st.lists(st.decimals("0.0001", "1", places=4), max_size=12)


def heads(persons, on=YEAR_1, *, bound=None, **fields):
    return finding_of("POST-05", project(persons, **fields), on, bound=bound)


def contract(starts_on, ends_on, agreed_heads=None, year_no=1):
    return ContractFacts(year_no, starts_on, ends_on, Decimal(1), agreed_heads=agreed_heads)


def test_exactly_the_agreed_heads_are_enough():
    enough, short = heads(people(20)), heads(people(19))

    assert (enough.status, enough.measured, enough.required) == (Status.MET, 20, 20)
    assert (short.status, short.shortfall) == (Status.NOT_MET, Shortfall(people=1))
    assert [formula(enough), formula(short)] == ["20 ≥ 20", "19 < 20"]


def test_nobody_on_post_is_a_shortage():
    finding = heads(())

    assert (finding.status, finding.measured) == (Status.NOT_MET, 0)
    assert finding.shortfall == Shortfall(people=20)


@pytest.mark.parametrize(
    ("shares", "measured", "status", "missing"),
    [
        (["1", "0.5", "0.5"], 2, Status.MET, None),
        (["1", "0.5", "0.4999"], Decimal("1.9999"), Status.NOT_MET, 1),
        (["0.5", "0.25"], Decimal("0.75"), Status.NOT_MET, 2),
        (["0.5", "0.5"], 1, Status.NOT_MET, 1),
    ],
)
def test_shares_of_work_add_up_and_the_shortfall_is_rounded_up(shares, measured, status, missing):
    staff = [placed(PersonFacts(f"W{n}"), share=share) for n, share in enumerate(shares)]

    finding = heads(staff, agreed_heads=2)

    assert (finding.status, finding.measured) == (status, measured)
    assert finding.shortfall == (None if missing is None else Shortfall(people=missing))


def test_the_sum_is_published_plainly():
    staff = [placed(PersonFacts("W1"), share="0.5000")]

    assert heads(staff).as_json()["measured"] == "0.5"
    assert formula(heads(staff)) == "0.5 < 20"
    assert heads(people(1)).as_json()["measured"] == 1


def test_everybody_purchased_counts_social_worker_or_not():
    staff = [PersonFacts("W1", is_social_worker=False), PersonFacts("W2", purchased=False)]

    assert heads(staff).measured == 1


@pytest.mark.parametrize(
    ("left_on", "status", "reason"),
    [
        (BEFORE - DAY, Status.NOT_MET, Reason.NONE),
        (BEFORE, Status.WATCH, Reason.RECENT),
        (YEAR_1 - DAY, Status.WATCH, Reason.RECENT),
        (YEAR_1, Status.MET, Reason.NONE),
    ],
)
def test_a_new_vacancy_is_only_told(left_on, status, reason):
    finding = heads([placed(PersonFacts("W1"), LONG_AGO, left_on)], agreed_heads=1)

    assert (finding.status, finding.reason) == (status, reason)
    assert finding.details["since"] == BEFORE.isoformat()


@pytest.mark.parametrize(
    ("days", "status"), [(0, Status.WATCH), (29, Status.WATCH), (30, Status.NOT_MET)]
)
def test_a_project_that_did_not_run_thirty_days_before_is_spared(days, status):
    assert heads((), START + days * DAY).status is status


def test_the_days_are_the_packs():
    bound = bound_with("POST-05", vacancy_days=10)
    gone = [placed(PersonFacts("W1"), LONG_AGO, YEAR_1 - 11 * DAY)]

    assert heads(gone, agreed_heads=1, bound=bound).status is Status.NOT_MET
    assert heads(gone, agreed_heads=1).status is Status.WATCH


def test_the_contract_in_force_says_how_many():
    years = [
        contract(START, date(2024, 5, 31), 18),
        contract(date(2024, 6, 1), date(2025, 5, 31), None, 2),
    ]

    def agreed(on):
        return heads(people(20), on, contracts=tuple(years)).required

    assert agreed(date(2024, 5, 31)) == 18
    assert agreed(date(2024, 6, 1)) == 20  # names none of its own
    assert agreed(date(2025, 6, 1)) == 20  # none in force


def test_thirty_days_before_the_contract_of_that_day_holds():
    years = (contract(START, BEFORE, 1), contract(BEFORE + DAY, date(2024, 5, 31), 2, 2))

    assert heads(people(1), contracts=years).status is Status.WATCH


def test_people_of_two_projects_leave_it_open():
    finding = heads(people(20), others=[Term("P2", START, 3)])

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.UNASSIGNED)
    assert (finding.measured, finding.shortfall) == (None, None)


def test_where_nobody_knows_the_people_of_that_day_a_shortage_is_only_told():
    ended = Term("P2", BEFORE.replace(year=2020), 3)
    until = Term("P3", (BEFORE + DAY).replace(year=2020), 3)

    assert heads(people(1), others=[ended]).status is Status.NOT_MET
    assert heads(people(1), others=[until]).status is Status.WATCH


@given(SHARES, st.integers(1, 12))
def test_the_verdict_agrees_with_the_fractions(shares, agreed):
    staff = [placed(PersonFacts(f"W{n}"), share=share) for n, share in enumerate(shares)]

    finding = heads(staff, agreed_heads=agreed)

    total = sum((Fraction(share) for share in shares), Fraction(0))
    assert (finding.status is Status.MET) is (total >= agreed)
    missing = finding.shortfall.people if finding.shortfall else 0
    assert missing == max(0, ceil(agreed - total))


@given(SHARES, st.integers(1, 12))
def test_one_more_never_worsens(shares, agreed):
    staff = [placed(PersonFacts(f"W{n}"), share=share) for n, share in enumerate(shares)]
    before = heads(staff, agreed_heads=agreed)
    after = heads([*staff, placed(PersonFacts("W99"))], agreed_heads=agreed)

    assert (before.status, after.status) != (Status.MET, Status.NOT_MET)
    assert after.measured == before.measured + 1
