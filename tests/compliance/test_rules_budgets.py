"""POST-06 and POST-07: what the money buys."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Reason, Shortfall, Status
from compliance.rules.parameters import Standard
from compliance.wording import formula
from tests.compliance.rule_cases import (
    START,
    YEAR_1,
    binding,
    bound_with,
    finding_of,
    people,
    project,
)

CENTS = st.integers(0, 5_000_000_00).map(lambda cents: Decimal(cents) / 100)


def priced(heads, budget, *, bound=None, **fields):
    one = project((), agreed_heads=heads, annual_budget=Decimal(budget), **fields)
    return finding_of("POST-06", one, YEAR_1, bound=bound)


def total(amount, *, budget="2400000.00", years=3, bound=None):
    one = project((), annual_budget=Decimal(budget), years=years, total=amount and Decimal(amount))
    return finding_of("POST-07", one, YEAR_1, bound=bound)


def test_the_example_of_the_published_tender():
    finding = priced(20, "2400000.00")

    assert finding.status is Status.MET
    assert finding.as_json()["measured"] == finding.as_json()["required"] == "2400000.00"
    assert formula(finding) == "2,400,000.00 ≥ 20 × 120,000.00"


def test_a_cent_too_little_is_told_in_yuan():
    finding = priced(20, "2399999.99")

    assert (finding.status, finding.shortfall) == (Status.WATCH, Shortfall(yuan=Decimal("0.01")))
    assert finding.as_json()["required"] == "2400000.00"
    assert formula(finding) == "2,399,999.99 < 20 × 120,000.00"


@pytest.mark.parametrize(
    ("heads", "budget", "status", "missing"),
    [
        (20, "2519999.99", Status.MET, None),
        (20, "2520000.00", Status.WATCH, 1),
        (18, "2400000.00", Status.WATCH, 2),
        (1, "0.00", Status.WATCH, None),
    ],
)
def test_money_for_more_heads_than_agreed_is_told_in_people(heads, budget, status, missing):
    finding = priced(heads, budget)

    assert finding.status is status
    if missing:
        assert (finding.shortfall, finding.reason) == (Shortfall(people=missing), Reason.FEW_HEADS)
        assert (finding.measured, finding.required) == (heads, heads + missing)
        assert formula(finding) == f"{heads} < {heads + missing}"


@pytest.mark.parametrize(
    ("starts_on", "price"),
    [
        (date(2024, 12, 31), Decimal("120000.00")),
        (date(2025, 1, 1), Decimal("130000.00")),
    ],
)
def test_the_standard_of_the_first_day_holds(starts_on, price):
    standards = (
        Standard(date(2023, 4, 7), Decimal("120000.00")),
        Standard(date(2025, 1, 1), Decimal("130000.00")),
    )
    one = project((), starts_on=starts_on, agreed_heads=1, annual_budget=price)

    finding = finding_of(
        "POST-06", one, date(2025, 3, 1), bound=bound_with("POST-06", price=standards)
    )

    assert (finding.status, finding.required) == (Status.MET, price)


@pytest.mark.parametrize(
    ("starts_on", "status"),
    [(date(2023, 4, 6), Status.NOT_APPLICABLE), (date(2023, 4, 7), Status.MET)],
)
def test_before_the_first_standard_there_is_none(starts_on, status):
    finding = priced(20, "2400000.00", starts_on=starts_on)

    assert finding.status is status
    assert (finding.reason is Reason.NO_STANDARD) is (status is Status.NOT_APPLICABLE)


def test_what_the_ledger_claims_is_told_and_does_not_decide():
    other = priced(20, "2400000.00", price_claimed=Decimal("103000.00"))
    same = priced(20, "2400000.00", price_claimed=Decimal("120000.0"))

    assert (other.status, other.details["claimed"]) == (Status.MET, "103000.00")
    assert "claimed" not in same.details


@given(st.integers(1, 60), CENTS)
def test_both_ways_agree_with_plain_arithmetic(heads, budget):
    finding = priced(heads, budget)
    price = Decimal(120000)

    met = heads * price <= budget and budget < (heads + 1) * price
    assert (finding.status is Status.MET) is met
    if finding.shortfall and finding.shortfall.yuan:
        assert priced(heads, budget + finding.shortfall.yuan).status is Status.MET
    if finding.shortfall and finding.shortfall.people:
        assert priced(heads + finding.shortfall.people, budget).status is Status.MET


@pytest.mark.parametrize(
    ("amount", "status", "missing", "said"),
    [
        ("7200000.00", Status.MET, None, "7,200,000.00 = 2,400,000.00 × 3"),
        ("7199999.99", Status.WATCH, Decimal("0.01"), "7,199,999.99 < 2,400,000.00 × 3"),
        ("7200000.01", Status.WATCH, None, "7,200,000.01 > 2,400,000.00 × 3"),
        ("0.00", Status.WATCH, Decimal("7200000.00"), "0.00 < 2,400,000.00 × 3"),
    ],
)
def test_the_total_is_the_yearly_budget_times_the_years(amount, status, missing, said):
    finding = total(amount)

    assert (finding.status, finding.inferred) == (status, True)
    assert finding.shortfall == (Shortfall(yuan=missing) if missing else None)
    assert formula(finding) == said


def test_no_total_is_no_pass():
    finding = total(None)

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.NO_TOTAL)
    assert (finding.measured, finding.as_json()["required"]) == (None, "7200000.00")


def test_were_it_stated_a_wrong_total_would_be_broken_outright():
    stated = replace(binding("POST-07"), inferred=False)

    assert total("1.00", bound=stated).status is Status.NOT_MET


def test_people_do_not_matter_here():
    crowd = project(people(3), starts_on=START, total=Decimal("7200000.00"))

    assert finding_of("POST-07", crowd, YEAR_1).status is Status.MET
