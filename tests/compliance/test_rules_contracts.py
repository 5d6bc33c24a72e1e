"""PROC-02, PROC-03, PROC-04: yearly contracts."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Evidence, Reason, Status, SubjectKind
from compliance.rules import RULES
from compliance.rules.shapes import ContractFacts, Facts
from compliance.wording import formula
from tenancy.periods import project_year_period
from tests.compliance.rule_cases import CITY, START, YEAR_1, binding, bound_with, project

DAY = timedelta(days=1)
NOTICED = date(2023, 5, 2)
MONEY = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


def contract(year, *, starts_on=None, ends_on=None, **fields):
    days = project_year_period(START, year)
    amount = fields.pop("amount", Decimal("2400000.00"))
    return ContractFacts(year, starts_on or days.first, ends_on or days.last, amount, **fields)


def judged(rule, *contracts, on=YEAR_1, bound=None, **fields):
    facts = Facts(on, CITY, projects=(project((), contracts=contracts, **fields),))
    return RULES[rule].judge(facts, bound or binding(rule))


def years(*contracts, **options):
    (finding,) = judged("PROC-02", *contracts, **options)
    return finding


def test_years_that_follow_one_another():
    finding = years(contract(1), contract(2), contract(3))

    assert (finding.status, finding.measured, finding.required) == (Status.MET, 0, 0)
    assert finding.evidence[:2] == (
        Evidence(SubjectKind.CONTRACT, "P1/1", "in_force"),
        Evidence(SubjectKind.CONTRACT, "P1/2", "not_in_force"),
    )
    assert formula(finding) == "0 = 0"


@pytest.mark.parametrize(
    ("starts_on", "days"),
    [(date(2024, 6, 1), 0), (date(2024, 6, 2), 1), (date(2024, 7, 1), 30)],
)
def test_every_day_without_a_contract_counts(starts_on, days):
    finding = years(contract(1), contract(2, starts_on=starts_on), contract(3))

    assert finding.measured == days
    assert finding.status is (Status.WATCH if days else Status.MET)
    if days:
        assert (finding.reason, formula(finding)) == (Reason.GAP, f"{days} > 0")


def test_gaps_add_up():
    second = contract(2, starts_on=date(2024, 6, 3), ends_on=date(2025, 5, 26))

    assert years(contract(1), second, contract(3)).measured == 2 + 5


@pytest.mark.parametrize(
    ("on", "status", "left"),
    [
        (date(2024, 5, 31) - 61 * DAY, Status.MET, 0),
        (date(2024, 5, 31) - 60 * DAY, Status.WATCH, 60),
        (date(2024, 5, 31), Status.WATCH, 0),
        (date(2024, 6, 10), Status.WATCH, -10),
    ],
)
def test_the_next_contract_is_due_sixty_days_before(on, status, left):
    finding = years(contract(1), on=on)

    assert (finding.status, finding.measured) == (status, left)
    if status is Status.WATCH:
        assert (finding.required, finding.reason) == (60, Reason.RENEWAL)
        assert formula(finding) == f"{left} ≤ 60"


def test_the_days_are_the_packs():
    bound = bound_with("PROC-02", renew_days=10)

    assert years(contract(1), on=date(2024, 5, 20), bound=bound).status is Status.MET
    assert years(contract(1), on=date(2024, 5, 21), bound=bound).status is Status.WATCH


@pytest.mark.parametrize(
    ("ends_on", "status"),
    [(date(2026, 5, 31), Status.MET), (date(2026, 5, 30), Status.WATCH)],
)
def test_the_last_year_needs_no_next_one(ends_on, status):
    finding = years(contract(1), contract(2), contract(3, ends_on=ends_on), on=date(2026, 5, 20))

    assert finding.status is status


def test_without_a_contract_nothing_can_be_said():
    finding = years()

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.NO_CONTRACT)
    assert formula(finding) == ""


@pytest.mark.parametrize(
    ("on", "status"), [(date(2024, 12, 29), Status.MET), (date(2024, 12, 30), Status.WATCH)]
)
def test_a_leap_day_start(on, status):
    first = contract(1, starts_on=date(2024, 2, 29), ends_on=date(2025, 2, 28))

    assert years(first, on=on, starts_on=date(2024, 2, 29)).status is status


@pytest.mark.parametrize(
    ("signed_on", "status", "days"),
    [
        (NOTICED, Status.MET, 0),
        (NOTICED + 30 * DAY, Status.MET, 30),
        (NOTICED + 31 * DAY, Status.WATCH, 31),
    ],
)
def test_thirty_days_to_sign(signed_on, status, days):
    (finding,) = judged("PROC-03", contract(1, noticed_on=NOTICED, signed_on=signed_on))

    assert (finding.status, finding.measured, finding.required) == (status, days, 30)
    assert finding.subject.as_json() == {"kind": "contract", "code": "P1/1", "name": "项目P1"}
    assert finding.shortfall is None
    assert formula(finding) == f"{days} {'≤' if status is Status.MET else '>'} 30"


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ({}, Reason.NO_NOTICE),
        ({"signed_on": NOTICED}, Reason.NO_NOTICE),
        ({"noticed_on": NOTICED}, Reason.NOT_SIGNED),
    ],
)
def test_a_day_that_is_missing_leaves_it_open(dates, reason):
    (finding,) = judged("PROC-03", contract(1, **dates))

    assert (finding.status, finding.reason) == (Status.NO_DATA, reason)
    assert (finding.measured, formula(finding)) == (None, "")


def test_only_the_first_year_follows_an_award():
    assert judged("PROC-03", contract(2), contract(3)) == []


@pytest.mark.parametrize(
    ("amount", "supplement", "status", "most"),
    [
        ("2400000.00", "240000.00", Status.MET, "240000.00"),
        ("2400000.00", "240000.01", Status.NOT_MET, "240000.00"),
        ("2400000.00", None, Status.MET, "240000.00"),
        ("0.00", None, Status.MET, "0.00"),
        ("0.00", "0.01", Status.NOT_MET, "0.00"),
        ("99.99", "9.99", Status.MET, "9.99"),
        ("99.99", "10.00", Status.NOT_MET, "9.99"),
    ],
)
def test_a_tenth_may_be_added(amount, supplement, status, most):
    (finding,) = judged(
        "PROC-04",
        contract(1, amount=Decimal(amount), supplement=supplement and Decimal(supplement)),
    )

    assert finding.status is status
    assert finding.as_json()["measured"] == (supplement or "0.00")
    assert finding.as_json()["required"] == most
    assert finding.shortfall is None


def test_the_supplement_is_compared_exactly():
    (finding,) = judged(
        "PROC-04", contract(2, amount=Decimal("99.99"), supplement=Decimal("10.00"))
    )

    assert formula(finding) == "10 × 10.00 > 99.99"
    assert finding.subject.code == "P1/2"


def test_every_contract_is_judged_whatever_its_dates():
    assert len(judged("PROC-04", contract(1), contract(2), contract(3))) == 3


@given(MONEY, MONEY)
def test_the_ceiling_agrees_with_the_fraction(amount, supplement):
    (finding,) = judged("PROC-04", contract(1, amount=amount, supplement=supplement))

    assert (finding.status is Status.MET) is (Fraction(supplement) <= Fraction(amount) / 10)
    assert Fraction(finding.required) <= Fraction(amount) / 10
