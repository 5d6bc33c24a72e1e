from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import translation

from tenancy import formats

NOON = datetime(2026, 10, 5, 12, 0)
DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (35_244, "35,244"),
        (0, "0"),
        (-1_200, "-1,200"),
        (Decimal("7.50"), "7.5"),
        (Decimal("1234567.000"), "1,234,567"),
        (Decimal("1E+3"), "1,000"),
        (None, "—"),
    ],
)
def test_num(value, text):
    assert formats.num(value) == text


@pytest.mark.parametrize("write", [formats.num, formats.yuan, formats.pct])
def test_a_float_is_refused(write):
    with pytest.raises(TypeError):
        write(0.5)


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (2_400_000, "¥2,400,000.00", "CNY 2,400,000.00"),
        (Decimal("0.1"), "¥0.10", "CNY 0.10"),
        (Decimal("-12.5"), "-¥12.50", "-CNY 12.50"),
        (None, "—", "—"),
    ],
)
def test_money(value, chinese, english):
    assert formats.money(value) == chinese
    assert formats.money(value, english=True) == english


def test_yuan_leaves_the_unit_to_the_head():
    assert formats.yuan(2_400_000) == "2,400,000.00"
    assert formats.yuan(None) == "—"


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (1001, 2003, "49.9%"),
        (1, 2, "50.0%"),
        (2, 3, "66.6%"),
        (2271, 3412, "66.5%"),
        (999_999, 1_000_000, "99.9%"),
        (5, 4, "125.0%"),
        (0, 7, "0.0%"),
        (-1, 3, "-33.3%"),
        (0, 0, "—"),
        (None, 3, "—"),
        (3, None, "—"),
    ],
)
def test_pct_never_crosses_a_limit_by_rounding(numerator, denominator, text):
    assert formats.pct(numerator, denominator) == text


def test_pct_of_a_fraction():
    assert formats.pct(Fraction(1001, 2003)) == "49.9%"


@pytest.mark.parametrize(
    ("numerator", "denominator", "chinese", "english"),
    [
        (11, 20, "11/20（55.0%）", "11/20 (55.0%)"),
        (2271, 3412, "2,271/3,412（66.5%）", "2,271/3,412 (66.5%)"),
        (0, 0, "0/0", "0/0"),
        (None, 20, "—", "—"),
    ],
)
def test_frac(numerator, denominator, chinese, english):
    assert formats.frac(numerator, denominator) == chinese
    assert formats.frac(numerator, denominator, english=True) == english


def test_dates():
    assert formats.ddate(DAY) == "2026-10-05"
    assert formats.ddate(DAY, english=True) == "5 Oct 2026"
    assert formats.cdate(DAY) == "2026年10月5日"
    assert formats.dtime(datetime(2026, 10, 5, 14, 3)) == "2026-10-05 14:03"
    assert [formats.ddate(None), formats.cdate(None), formats.dtime(None)] == ["—"] * 3


@pytest.mark.parametrize(
    ("then", "text"),
    [
        (datetime(2026, 10, 5, 11, 59, 30), "刚刚"),
        (datetime(2026, 10, 5, 11, 48), "12 分钟前"),
        (datetime(2026, 10, 5, 11, 0), "2026-10-05 11:00"),
        (datetime(2026, 10, 5, 12, 1), "2026-10-05 12:01"),
        (None, "—"),
    ],
)
def test_since(then, text):
    assert formats.since(then, NOON) == text


def test_since_in_english():
    assert formats.since(datetime(2026, 10, 5, 11, 48), NOON, english=True) == "12 min ago"
    assert formats.since(NOON, NOON, english=True) == "just now"


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "2026年10月", "Oct 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024年2月", "Feb 2024"),
        (date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度", "Q3 2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "2026年上半年", "H1 2026"),
        (date(2026, 7, 1), date(2026, 12, 31), "2026年下半年", "H2 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026年", "2026"),
        (
            date(2026, 2, 1),
            date(2026, 4, 30),
            "2026-02-01 ～ 2026-04-30",
            "1 Feb 2026 – 30 Apr 2026",
        ),
        (
            date(2025, 6, 1),
            date(2026, 5, 31),
            "2025-06-01 ～ 2026-05-31",
            "1 Jun 2025 – 31 May 2026",
        ),
        (None, date(2026, 5, 31), "—", "—"),
    ],
)
def test_period(first, last, chinese, english):
    assert formats.period(first, last) == chinese
    assert formats.period(first, last, english=True) == english


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ("{{ part|frac:whole }}", "11/20（55.0%）", "11/20 (55.0%)"),
        ("{{ part|pct:whole }} {{ price|num }}", "55.0% 2,400,000", "55.0% 2,400,000"),
        ("{{ price|money }}", "¥2,400,000.00", "CNY 2,400,000.00"),
        ("{{ price|yuan }}", "2,400,000.00", "2,400,000.00"),
        ("{{ instant|dtime }}", "2026-10-06 00:30", "6 Oct 2026 00:30"),
        (
            "{{ instant|ddate }} {{ instant|cdate }}",
            "2026-10-06 2026年10月6日",
            "6 Oct 2026 6 Oct 2026",
        ),
        ("{{ first|period:last }}", "2026年10月", "Oct 2026"),
        ("{{ nothing|since }}", "—", "—"),
    ],
)
def test_filters_speak_the_language_and_live_in_our_time_zone(source, chinese, english):
    page = engines["django"].from_string("{% load formats %}" + source)
    values = {
        "part": 11,
        "whole": 20,
        "price": Decimal("2400000.00"),
        "instant": datetime(2026, 10, 5, 16, 30, tzinfo=UTC),
        "first": date(2026, 10, 1),
        "last": date(2026, 10, 31),
        "nothing": None,
    }

    with translation.override("zh-hans"):
        assert page.render(values) == chinese
    with translation.override("en"):
        assert page.render(values) == english
