"""HRS-01, HRS-03: hours of a project year, and on the way there."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Evidence, Reason, Shortfall, Status, SubjectKind
from compliance.rules import judge
from compliance.rules.shapes import Facts, RecordFacts, Term
from compliance.shares import Share
from compliance.wording import formula, sentence, shortfall
from tests.compliance.records import due_after, months_from
from tests.compliance.rule_cases import (
    CITY,
    START,
    binding,
    bound_with,
    finding_of,
    project,
)

DAY = timedelta(days=1)
MINIMUM = Decimal("1200.00")
IN_YEAR_2 = date(2024, 8, 1)
YEAR_1 = months_from(date(2023, 6, 1), 12)


def told(month, hours="100", **fields):
    hours = None if hours is None else Decimal(hours)
    return RecordFacts(
        month, due_after(month), month, **{"accepted": True, "hours": hours} | fields
    )


def judged(rule, records, on=IN_YEAR_2, *, min_hours=MINIMUM, bound=None, **fields):
    one = project((), records=tuple(records), min_hours=min_hours, **fields)
    return finding_of(rule, one, on, bound=bound)


def year(records, **options):
    return judged("HRS-01", records, **options)


def pace(records, on=date(2023, 12, 1), **options):
    return judged("HRS-03", records, on, **options)


# --- HRS-01


@pytest.mark.parametrize(
    ("last", "status", "gap"),
    [
        ("100", Status.MET, None),
        ("99.99", Status.NOT_MET, Decimal("0.01")),
        ("0", Status.NOT_MET, Decimal(100)),
    ],
)
def test_a_year_has_its_hours_or_lacks_some(last, status, gap):
    finding = year([*map(told, YEAR_1[:11]), told(YEAR_1[11], last)])

    assert finding.status is status
    assert (finding.measured, finding.required) == (1100 + Decimal(last), MINIMUM)
    assert finding.shortfall == (Shortfall(hours=gap) if gap else None)


def test_a_year_in_words():
    finding = year([*map(told, YEAR_1[:11]), told(YEAR_1[11], "99.5")])

    assert sentence(finding) == (
        "第 1 年已接收月报的服务工时共 1,199.5 小时；要求不少于 1,200 小时。"
    )
    assert (formula(finding), shortfall(finding)) == ("1,199.5 < 1,200", "还差 0.5 小时。")
    assert finding.as_json()["shortfall"] == {"hours": "0.50"}
    assert finding.evidence[0] == Evidence(SubjectKind.RECORD, "Z1/2023-06", "accepted")


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2024, 5, 30), Status.NOT_APPLICABLE),
        (date(2024, 5, 31), Status.MET),
        (date(2025, 5, 30), Status.MET),
        (date(2025, 5, 31), Status.NO_DATA),
    ],
)
def test_the_newest_year_that_is_over_counts(on, status):
    assert year(map(told, YEAR_1), on=on).status is status


def test_before_the_first_year_is_over_nothing_is_said():
    finding = year([told(START)], on=START)

    assert (finding.reason, sentence(finding)) == (Reason.NOT_YET, "第 1 个项目年度还没有结束。")


def test_a_month_that_is_not_filed_leaves_it_open_unless_there_is_enough():
    few, enough = map(told, YEAR_1[:11]), [told(month, "110") for month in YEAR_1[:11]]

    finding = year(few)
    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.MONTHS_MISSING)
    assert sentence(finding).endswith("另有 1 个月没有报送工时，连同待接收的月报现为 1,100 小时。")
    assert year(enough).status is Status.MET


@pytest.mark.parametrize(
    ("waiting", "status", "reason"),
    [
        ("100", Status.NO_DATA, Reason.AWAITING_ACCEPTANCE),
        ("99", Status.NOT_MET, Reason.NONE),
        (None, Status.NO_DATA, Reason.MONTHS_MISSING),
    ],
)
def test_a_month_that_awaits_acceptance_counts_where_it_decides(waiting, status, reason):
    finding = year([*map(told, YEAR_1[:11]), told(YEAR_1[11], waiting, accepted=False)])

    assert (finding.status, finding.reason, finding.measured) == (status, reason, 1100)
    if reason is Reason.AWAITING_ACCEPTANCE:
        assert sentence(finding).endswith("待接收的月报全部接收后为 1,200 小时，达到要求。")


def test_a_month_belongs_to_the_year_that_its_first_day_lies_in():
    months = months_from(date(2023, 6, 1), 14)
    finding = year(
        [told(month, "1" if month == months[12] else "10") for month in months],
        starts_on=date(2023, 6, 15),
        min_hours=Decimal(100),
        on=date(2024, 9, 1),
    )

    assert finding.measured == 111  # July to May, and June of the year after


@pytest.mark.parametrize("least", [None, Decimal("0.00")])
def test_without_a_minimum_nothing_is_asked(least):
    for finding in (year([told(START)], min_hours=least), pace([told(START)], min_hours=least)):
        assert (finding.status, finding.reason) == (Status.NOT_APPLICABLE, Reason.NO_MINIMUM)
        assert sentence(finding) == "没有登记年度最低工时。"


def test_hours_of_two_projects_cannot_be_told_apart():
    twin = [Term("P2", date(2024, 3, 15), 1)]

    finding = year(map(told, YEAR_1), others=twin)
    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.UNASSIGNED)
    assert sentence(finding) == ("社工站有 2 个月同时有两个在期项目，月报工时无法分到项目。")
    before = [Term("P0", date(2020, 6, 1), 3)]
    assert year(map(told, YEAR_1), others=before).status is Status.MET


def test_where_no_records_are_kept_nothing_is_judged():
    facts = Facts(IN_YEAR_2, CITY, projects=(project((), min_hours=MINIMUM),))

    assert judge(facts, [binding("HRS-01"), binding("HRS-03")]) == []


# --- HRS-03: June to November 2023 are 183 of 366 days, so half of the year is due


@pytest.mark.parametrize(
    ("hours", "status"),
    [
        ("540", Status.MET),
        ("539.99", Status.WATCH),
        ("450", Status.WATCH),
        ("449.99", Status.WATCH),  # inferred: never broken outright
    ],
)
def test_the_pace_is_held_at_nine_tenths(hours, status):
    finding = pace([*(told(month, "0") for month in YEAR_1[:5]), told(YEAR_1[5], hours)])

    assert (finding.status, finding.required) == (status, Decimal("540.00"))
    assert (finding.shortfall is None) == (status is Status.MET)


def test_a_city_may_lower_its_lines():
    bound = bound_with("HRS-03", pace=Share(1, 2), floor=Share(1, 4))

    assert pace(map(told, YEAR_1[:6]), bound=bound).required == 300


def test_the_pace_in_words():
    records = [told(month, "0") for month in YEAR_1[:5]]
    finding = pace([*records, told(YEAR_1[5], "530.5")])

    assert sentence(finding) == (
        "本项目年度已接收 6 个月，服务工时 530.5 小时；"
        "年度最低 1,200 小时，按天数折算的 9/10 为 540 小时。"
    )
    assert formula(finding) == "10 × 366 × 530.5 < 9 × 183 × 1,200"
    assert shortfall(finding) == "还差 9.5 小时。"


def test_only_accepted_months_are_expected():
    waiting = told(YEAR_1[1], "0", accepted=False)

    finding = pace([told(YEAR_1[0], "100"), waiting])
    assert (finding.status, finding.details["days"]) == (Status.MET, 30)
    assert [row.counts_as for row in finding.evidence] == ["accepted", "awaiting"]


@pytest.mark.parametrize(
    ("on", "status", "reason"),
    [
        (date(2023, 7, 5), Status.NOT_APPLICABLE, Reason.NOT_YET),
        (date(2023, 7, 6), Status.NO_DATA, Reason.AWAITING_ACCEPTANCE),
    ],
)
def test_nothing_accepted_is_no_pace(on, status, reason):
    finding = pace([told(YEAR_1[0], None, accepted=False)], on)

    assert (finding.status, finding.reason, finding.measured) == (status, reason, None)
    assert sentence(finding).startswith("本项目年度")


HOURS = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(HOURS, min_size=1, max_size=12), HOURS.filter(bool))
def test_the_line_is_exact_and_its_formula_agrees(hours, minimum):
    records = [told(month, amount) for month, amount in zip(YEAR_1, hours, strict=False)]
    finding = pace(records, date(2024, 5, 30), min_hours=minimum)

    days = sum((due_after(one.month).replace(day=1) - one.month).days for one in records)
    held = Fraction(sum(hours)) >= Fraction(9, 10) * Fraction(minimum) * days / 366
    assert (finding.status is Status.MET) == held
    assert ("≥" in formula(finding)) == held
    assert (finding.shortfall is None) == held
    assert finding.measured + (finding.shortfall.hours if finding.shortfall else 0) >= (
        finding.required if not held else 0
    )
