"""REP-01, REP-03: records that come in time, and totals that agree with them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Evidence, Reason, Status, SubjectKind
from compliance.rules import RULES
from compliance.rules.shapes import Facts, RecordFacts, TotalFacts
from compliance.shares import Share
from compliance.wording import formula, sentence
from tests.compliance.rule_cases import CITY, binding, bound_with, station

ON = date(2026, 11, 20)
DUE = date(2026, 11, 5)
DAY = timedelta(days=1)


def record(due_on=DUE, filed_on=None, **fields):
    month = (due_on.replace(day=1) - DAY).replace(day=1)
    return RecordFacts(month, due_on, filed_on, **fields)


def judged(*records, on=ON, bound=None):
    facts = Facts(on, CITY, stations=(station("Z1", records=records),))
    return RULES["REP-01"].judge(facts, bound or binding("REP-01"))


def in_time(*records, **options):
    (finding,) = judged(*records, **options)
    return finding


@pytest.mark.parametrize(
    ("filed_on", "status", "reason", "on_time"),
    [
        (DUE - DAY, Status.MET, Reason.NONE, 1),
        (DUE, Status.MET, Reason.NONE, 1),
        (DUE + DAY, Status.WATCH, Reason.LATE, 0),
    ],
)
def test_a_record_is_in_time_on_its_due_day(filed_on, status, reason, on_time):
    finding = in_time(record(filed_on=filed_on))

    assert (finding.status, finding.reason) == (status, reason)
    assert (finding.measured, finding.required) == (Share(on_time, 1), Share(1, 1))


@pytest.mark.parametrize(
    ("days", "status", "reason"),
    [
        (0, Status.NOT_APPLICABLE, Reason.NOT_YET),
        (1, Status.WATCH, Reason.LATE),
        (10, Status.WATCH, Reason.LATE),
        (11, Status.WATCH, Reason.MISSING),  # inferred: never broken outright
    ],
)
def test_what_is_not_filed_is_late_then_missing(days, status, reason):
    finding = in_time(record(), on=DUE + days * DAY)

    assert (finding.status, finding.reason) == (status, reason)


def test_the_pack_says_after_how_many_days_it_is_missing():
    bound = bound_with("REP-01", missing_days=0)

    assert in_time(record(), on=DUE + DAY, bound=bound).reason is Reason.MISSING


@pytest.mark.parametrize(("due_on", "due"), [(date(2025, 11, 20), 0), (date(2025, 11, 21), 1)])
def test_a_year_is_looked_back_upon(due_on, due):
    finding = in_time(record(due_on, due_on), record(filed_on=DUE))

    assert finding.measured == Share(1 + due, 1 + due)


def test_late_and_missing_records_are_named():
    rows = record(date(2026, 9, 5), DUE), record(date(2026, 10, 5)), record(DUE, DUE)

    finding = in_time(*rows)

    assert finding.evidence == (
        Evidence(SubjectKind.RECORD, "Z1/2026-08", "late"),
        Evidence(SubjectKind.RECORD, "Z1/2026-09", "missing"),
    )
    assert sentence(finding) == (
        "过去一年应报月报 3 份，按期报送 1 份，迟报 1 份，未报 1 份；要求都按期报送。"
    )
    assert formula(finding) == "1 < 3"


def test_who_keeps_no_records_is_not_judged():
    assert judged() == []
    assert sentence(in_time(record(ON + DAY))) == "还没有到应报日的月报。"


@given(st.lists(st.tuples(st.integers(-400, 30), st.none() | st.integers(-5, 40)), max_size=14))
def test_met_is_every_one_and_never_none(rows):
    records = [
        record(ON + days * DAY, None if after is None else ON + (days + after) * DAY)
        for days, after in rows
    ]

    for finding in judged(*records):
        share = finding.measured
        assert (finding.status is Status.NOT_APPLICABLE) == (share is None)
        if share:
            assert share.den > 0
            assert (finding.status is Status.MET) == (share.num == share.den)
            assert len(finding.evidence) == share.den - share.num


def totals(*agree):
    rows = tuple(TotalFacts(date(2026, 1 + index, 1), one) for index, one in enumerate(agree))
    return RULES["REP-03"].judge(Facts(ON, CITY, totals=rows), binding("REP-03"))


def test_totals_that_agree_and_one_that_does_not():
    (good,), (bad,) = totals(True, True), totals(True, False)

    assert (good.status, good.measured, good.required) == (Status.MET, Share(2, 2), Share(1, 1))
    assert (bad.status, bad.measured) == (Status.WATCH, Share(1, 2))
    assert sentence(good) == "最近十二个月中有汇总的 2 个月，与已接收月报一致的 2 个。"
    assert sentence(bad).endswith("与已接收月报一致的 1 个。不一致：2026-02。")
    assert (formula(good), formula(bad)) == ("2 ≥ 2", "1 < 2")


def test_without_totals_there_is_nothing_to_judge():
    assert totals() == []
