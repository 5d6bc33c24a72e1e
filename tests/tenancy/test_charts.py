from fractions import Fraction
from xml.etree import ElementTree

import pytest

from tenancy.charts import Bar, Limit, bars, columns, share_bar, share_line

HALF = Fraction(1, 2)


def drawing(*arguments):
    return ElementTree.fromstring(share_bar(*arguments))


def widths(svg):
    return [rect.get("width") for rect in svg.iter("rect")]


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [
        (0, 20, "0.0"),
        (10, 20, "48.0"),
        (20, 20, "96.0"),
        (25, 20, "96.0"),
        (1001, 2003, "47.9"),
        (0, 0, "0.0"),
    ],
)
def test_the_bar_is_as_long_as_the_share_and_ends_with_the_ground(part, whole, width):
    assert widths(drawing(part, whole, HALF, "x")) == ["96.0", width]


def test_the_limit_is_a_dashed_line():
    line = drawing(11, 20, Fraction(2, 3), "x").find("line")

    assert line.get("x1") == line.get("x2") == "64.0"
    assert line.get("stroke-dasharray")


def test_no_limit_no_line():
    assert drawing(11, 20, None, "x").find("line") is None


def test_the_title_says_it_in_words_and_cannot_break_out():
    title = '11/20（55.0%）<script>"'

    assert drawing(11, 20, HALF, title).find("title").text == title


def test_no_style_that_the_security_policy_would_refuse():
    assert "style" not in share_bar(11, 20, HALF, "x")


FLOORS = [Limit(HALF, "第一年 1/2"), Limit(Fraction(2, 3), "第三年起 2/3")]


def line_of(*shares):
    return ElementTree.fromstring(share_line(shares, FLOORS, ("2025-03", "2026-02"), "持证<比例>"))


def words_of(svg):
    return [text.text for text in svg.iter("text")]


def test_a_line_breaks_where_a_share_is_missing():
    svg = line_of(HALF, HALF, None, HALF, None)

    assert svg.find("path").get("d").count("M") == 2
    assert svg.find("path").get("d").count("L") == 1
    assert len(list(svg.iter("circle"))) == 3


def test_the_last_share_is_marked_with_its_value_cut_and_not_rounded():
    svg = line_of(HALF, Fraction(1001, 2003))

    assert [dot.get("r") for dot in svg.iter("circle")] == ["2", "4"]
    assert words_of(svg)[-1] == "49.9%"


def test_floors_are_dashed_with_their_word_at_the_end():
    svg = line_of(HALF)
    dashed = [line for line in svg.iter("line") if line.get("stroke-dasharray")]

    assert len(dashed) == 2
    assert {"第一年 1/2", "第三年起 2/3", "2025-03", "2026-02"} <= set(words_of(svg))
    assert svg.find("title").text == "持证<比例>"


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1)])
def test_marks_stay_inside_the_drawing(share):
    svg = line_of(share)
    heights = [float(text.get("y")) for text in svg.iter("text")]

    assert all(0 < height < float(svg.get("height")) for height in heights)


def test_nothing_known_draws_the_frame_alone():
    assert list(line_of(None, None).iter("circle")) == []


def test_bars_share_one_scale_and_the_agreed_number_stands_across():
    rows = [Bar("荔湾区", Fraction(5), 10, "5/10"), Bar("越秀区", Fraction(20), 10, "20/10")]
    svg = ElementTree.fromstring(bars(rows, "约定", "在岗"))
    first, second = (float(rect.get("width")) for rect in svg.iter("rect"))

    assert second == pytest.approx(4 * first, abs=0.5)
    assert [line.get("x1") for line in svg.iter("line")] == ["214.0", "214.0"]
    assert words_of(svg) == ["约定", "荔湾区", "5/10", "越秀区", "20/10"]


def test_bars_of_nothing_divide_by_nothing():
    svg = ElementTree.fromstring(bars([Bar("荔湾区", Fraction(0), 0, "0/0")], "约定", "在岗"))

    assert svg.find("rect").get("width") == "0.0"


def columns_of(*amounts):
    words, ends = ("1,200", "600"), ("2025-03", "2026-02")
    svg = columns([None if a is None else Fraction(a) for a in amounts], words, ends, "工时<x>")
    return ElementTree.fromstring(svg)


def test_columns_are_as_high_as_their_amounts_and_a_missing_one_is_none():
    svg = columns_of(1200, None, 600)

    heights = [Fraction(rect.get("height")) for rect in svg.iter("rect")]
    assert heights[0] == 2 * heights[1]
    assert {"1,200", "600", "2025-03", "2026-02"} <= {word.text for word in svg.iter("text")}


@pytest.mark.parametrize("amounts", [(), (None, None), (0, 0)])
def test_no_amount_no_height(amounts):
    assert {rect.get("height") for rect in columns_of(*amounts).iter("rect")} <= {"0.0"}


def test_the_last_amount_stands_beside_its_column():
    svg = columns_of(1200, 900, 600)
    last = [*svg.iter("rect")][-1]
    word = next(word for word in svg.iter("text") if word.text == "600")

    assert float(word.get("x")) > float(last.get("x")) + float(last.get("width"))
    assert word.get("text-anchor") == "start"


def test_a_long_amount_has_the_whole_line_to_itself():
    words, ends = ("1,234,567,890.50", "1"), ("2025-03", "2026-02")
    svg = ElementTree.fromstring(columns([Fraction(1)], words, ends, "支出"))
    word = next(word for word in svg.iter("text") if word.text == words[0])

    assert (word.get("text-anchor"), float(word.get("x"))) == ("start", 44.0)


@pytest.mark.parametrize(("shares", "below"), [((1, "1/2"), True), (("1/4", "1/2"), False)])
def test_the_last_value_keeps_off_the_line_that_leads_to_it(shares, below):
    svg = share_line([Fraction(share) for share in shares], [], ("2025-03", "2026-02"), "及时")
    word = next(word for word in ElementTree.fromstring(svg).iter("text") if word.text == "50.0%")

    assert (float(word.get("y")) > 78.0) is below
