from fractions import Fraction
from xml.etree import ElementTree

import pytest

from tenancy.charts import share_bar

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
