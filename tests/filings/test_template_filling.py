from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.template.filling import computed, problems
from filings.template.reading import SHIPPED, read_template
from filings.template.shapes import Figures
from tests.filings.template import SMALL

FORM = read_template(SMALL)
GUANGZHOU = read_template((SHIPPED / "guangzhou.toml").read_text())
SOUND = {"opening": 3, "opened": 2, "closed": 1, "hours": "160.5"}
PLAN = {"plan": "入户"}


def numbers(values):
    return {code: None if value is None else Decimal(value) for code, value in values.items()}


def month(form, here, **beside):
    """The figures of a month with what is computed from them."""
    figures = Figures(here=numbers(here), **beside)
    return Figures(here={**figures.here, **computed(form, figures)}, **beside)


def found(here, texts=PLAN, unread=None, **beside):
    given = month(FORM, SOUND | here, **beside)
    return {one.code: one for one in problems(FORM, given, texts, unread or {})}


def test_computed_cells_follow_from_each_other():
    here = month(FORM, SOUND).here

    assert (here["closing"], here["balance"]) == (Decimal(4), Decimal(1))
    assert str(here["share"]) == "80.25"


@pytest.mark.parametrize(
    ("hours", "opened", "share"),
    [("10", "3", "3.33"), ("20", "3", "6.67"), ("0.01", "2", "0.01"), ("1", "0", None)],
)
def test_a_quotient_has_two_places_and_halves_go_up(hours, opened, share):
    here = month(FORM, SOUND | {"hours": hours, "opened": opened}).here

    assert here["share"] == (share and Decimal(share))


def test_a_product_may_have_any_number_of_digits():
    form = read_template(SMALL.replace("hours / opened", "hours * 999999999999999 * hours"))

    share = month(form, {"hours": "999999999999.5"}).here["share"]

    assert share == Fraction("999999999999.5") ** 2 * 999999999999999


def test_what_rests_on_a_blank_is_blank():
    here = month(FORM, {"opened": 2, "hours": 1}).here

    assert (here["closing"], here["balance"]) == (None, None)
    assert here["share"] == Decimal("0.5")


def test_a_sound_month_has_no_problems():
    assert found({}) == {}


@pytest.mark.parametrize(
    ("here", "code", "message"),
    [
        ({"opened": None}, "blank.opened", "填写本月数，没有请填 0。"),
        ({"opened": -1}, "negative.opened", "不能小于 0。"),
        ({"opened": "1.5"}, "not-whole.opened", "应为整数，不带小数。"),
        ({"hours": "1.505"}, "too-fine.hours", "最多两位小数。"),
        ({"hours": 10**12}, "too-large.hours", "数太大，应小于 1 万亿，请核对单位。"),
        ({"closed": 6}, "closed-within", "结案数过大。"),
    ],
)
def test_a_hard_problem_names_its_cell(here, code, message):
    problem = found(here)[code]

    assert problem.message == message
    assert problem.is_hard
    assert problem.cell in here


def test_a_blank_is_not_nought():
    assert found({"opened": 0}) == {}


def test_what_cannot_be_read_is_told_and_not_called_blank():
    problem = found({"opened": None}, unread={"opened": "应为数字。"})

    assert list(problem) == ["unread.opened"]
    assert problem["unread.opened"].message == "应为数字。"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_required_text_is_asked_for(text):
    assert list(found({}, texts={"plan": text})) == ["blank.plan"]


def test_a_soft_check_applies_where_its_condition_holds():
    before = {"previous": numbers({"opened": 5, "hours": 0})}

    changed = found({"hours": 900}, **before)

    assert list(changed) == ["changed.opened"]
    assert not changed["changed.opened"].is_hard
    assert found({"opened": None}, **before).keys() == {"blank.opened"}


def test_problems_come_all_at_once_in_the_order_of_the_form():
    given = month(FORM, {"opening": -1, "closed": 9, "opened": 1})

    told = [one.code for one in problems(FORM, given, {}, {})]

    assert told == ["negative.opening", "closed-within", "blank.hours", "blank.plan"]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(FORM.typed)),
        st.none() | st.decimals(-(10**13), 10**13, places=3),
    )
)
def test_whatever_is_typed_comes_to_decimals_and_problems(here):
    given = month(FORM, here)

    assert all(value is None or type(value) is Decimal for value in given.here.values())
    assert {one.cell for one in problems(FORM, given, PLAN, {})} <= FORM.typed.keys()


# October of a station of twenty, nothing odd in it.
OCTOBER = {
    "workers_on_post": 20,
    "workers_certified": 12,
    "cases_opening": 14,
    "cases_opened": 3,
    "cases_closed": 1,
    "cases_complex": 2,
    "group_sessions": 9,
    "group_times": 90,
    "activities": 6,
    "activity_times": 300,
    "visits": 86,
    "calls": 120,
    "consultations": 60,
    "served_times": 1100,
    "served_persons": 640,
    "need_registered": 410,
    "need_covered": 410,
    "hours_direct": "1900.5",
    "hours_indirect": 700,
    "hours_in_community": 1600,
}


def october(**changes):
    """The codes of what is told about the month."""
    here = dict.fromkeys((code for code in GUANGZHOU.numbers if code in GUANGZHOU.typed), 0)
    before = numbers(OCTOBER | {"cases_open": 14, "hazards_open": 0})
    given = month(GUANGZHOU, here | OCTOBER | changes, previous=before, workdays=18)
    texts = {"highlights": "微心愿", "next_month": "入户"}
    return {one.code for one in problems(GUANGZHOU, given, texts, {})}


def test_a_sound_month_of_the_shipped_template_has_no_problems():
    assert october() == set()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"served_persons": 1200}, {"persons-within-times"}),
        ({"cases_closed": 18}, {"closed-within-cases"}),
        ({"cases_opening": 12}, {"opening-as-before"}),
        ({"hazards_fixed": 1}, {"fixed-within-hazards"}),
        ({"need_elder_times": 1101}, {"need-within-served"}),
        ({"need_covered": 411}, {"covered-within-registered"}),
        ({"need_covered": 409}, {"not-all-covered"}),
        ({"workers_certified": 21}, {"certified-within-on-post"}),
        ({"workers_supervised": 20}, set()),
        ({"workers_supervised": 21}, {"supervised-within-on-post"}),
        ({"workers_joined": 1}, {"heads-as-before"}),
        ({"group_times": 0}, {"group-has-participants"}),
        ({"activity_times": 5}, {"activity-has-participants", "changed-by-half.activity_times"}),
        ({"hours_indirect": 2419}, {"hours-per-head", "direct-share", "community-share"}),
        (
            {"hours_indirect": 2420},
            {"hours-per-head", "direct-share", "community-share", "hours-within-days"},
        ),
        ({"visits": 130}, {"changed-by-half.visits"}),
        ({"visits": 2881}, {"changed-by-half.visits", "visits-within-capacity"}),
        ({"cases_opened": 4}, set()),
        ({"hours_in_community": 1500}, {"community-share"}),
    ],
)
def test_the_shipped_checks(changes, codes):
    assert october(**changes) == codes


def test_the_first_month_needs_nothing_before_it():
    here = dict.fromkeys((code for code in GUANGZHOU.numbers if code in GUANGZHOU.typed), 0)
    given = month(GUANGZHOU, here | OCTOBER, workdays=18)
    texts = {"highlights": "微心愿", "next_month": "入户"}

    assert problems(GUANGZHOU, given, texts, {}) == []


def test_a_cell_that_differs_from_what_is_known_is_told():
    given = month(GUANGZHOU, OCTOBER, known=numbers({"group_sessions": 12}), workdays=18)

    told = {one.code for one in problems(GUANGZHOU, given, {}, {})}

    assert "differs-from-known.group_sessions" in told
