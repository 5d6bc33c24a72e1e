"""Small charts as inline SVG: one drawing for the page and the PDF, without any script.

Drawn with attributes only: the pages' security policy lets no style in. Each has a title that says
in words what it shows, and on pages the table of its numbers below it.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from html import escape
from math import floor
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

INK = "#1c2733"
GREY = "#57606a"
ACCENT = "#0b57a4"
LINE = "#d8dee6"
PAPER = "#ffffff"

# The bar beside a number.
WIDTH = 96
HEIGHT = 12
BAR = 6

# A chart of its own: the plot, and room for words around it.
WIDE = 400
TOP, BOTTOM, LEFT, RIGHT = 16, 140, 44, 292
LETTERS = 13
ROW, ROW_BAR, ROW_LEFT, ROW_RIGHT = 26, 10, 116, 312


class Limit(NamedTuple):
    """A share that is asked for, and its word."""

    share: Fraction
    word: str


class Bar(NamedTuple):
    """A number against the one agreed on, with its name and both in words."""

    name: str
    part: Fraction
    whole: int
    words: str


def share_bar(numerator: int, denominator: int, limit: Fraction | None, title: str) -> SafeString:
    """A bar as long as the share, with its limit as a dashed line; the title says both in words."""
    share = Fraction(numerator, denominator) if denominator else Fraction(0)
    marks = [_rect(1, LINE), _rect(share, ACCENT)]
    if limit is not None:
        marks.append(_dashed(_x(limit), 0, _x(limit), HEIGHT, dashes="2 1"))
    return _svg(WIDTH, HEIGHT, title, marks)


def share_line(
    shares: Sequence[Fraction | None], limits: Sequence[Limit], ends: tuple[str, str], title: str
) -> SafeString:
    """Shares at equal steps from left to right; where one is missing, the line breaks.

    `ends` are the words below the first and the last step. The last share is marked with its value.
    """
    spots = [
        (_along(index, len(shares)), _height(share))
        for index, share in enumerate(shares)
        if share is not None
    ]
    marks = [
        *_frame(ends),
        _beside(1, "100%"),
        *(mark for limit in limits for mark in _limit(limit)),
    ]
    marks += [_path(shares), *(_dot(spot, 2) for spot in spots[:-1])]
    known = [share for share in shares if share is not None]
    if known:
        marks += _last(spots[-1], known[-1], falls=known[-1] < known[-2:][0])
    return _svg(WIDE, BOTTOM + 24, title, marks, css="chart")


def columns(
    amounts: Sequence[Fraction | None],
    words: tuple[str, str],
    ends: tuple[str, str],
    title: str,
) -> SafeString:
    """Amounts at equal steps as columns; where one is missing, there is none.

    `words` are the largest amount, which the top line stands for, and the last one, which is
    written beside its column, where no other hides it; `ends` are the words below the first and
    the last step.
    """
    most, last = words
    peak = max((amount for amount in amounts if amount is not None), default=Fraction(0))
    # Above its line: an amount may be longer than the room beside it.
    marks = [*_frame(ends), _word(_one(LEFT), TOP - 4, most, "start")]
    known = [(index, amount) for index, amount in enumerate(amounts) if amount is not None]
    marks += [_column(index, len(amounts), _of(amount, peak)) for index, amount in known]
    if known:
        index, amount = known[-1]
        x, y = _middle(index, len(amounts)) + _half(len(amounts)), _height(_of(amount, peak))
        marks.append(_word(_one(x + 4), _one(float(y) + LETTERS // 2), last, "start", ACCENT))
    return _svg(WIDE, BOTTOM + 24, title, marks, css="chart")


def _of(amount: Fraction, most: Fraction) -> float:
    return float(amount / most) if most else 0


def _middle(index: int, steps: int) -> float:
    """The middle of a column: each step has its share of the width."""
    return LEFT + (2 * index + 1) / (2 * steps) * (RIGHT - LEFT)


def _column(index: int, steps: int, share: float) -> str:
    x, width = _sides(index, steps)
    top = _height(share)
    height = _one(BOTTOM - float(top))
    return f'<rect x="{x}" y="{top}" width="{width}" height="{height}" fill="{ACCENT}"/>'


@cache
def _sides(index: int, steps: int) -> tuple[str, str]:
    """Where a column begins, and how wide it is."""
    return _one(_middle(index, steps) - _half(steps)), _one(2 * _half(steps))


def _half(steps: int) -> float:
    """Half the width of a column: between two of them is room."""
    return (RIGHT - LEFT) / steps * 0.3


def bars(rows: Sequence[Bar], limit_word: str, title: str) -> SafeString:
    """One bar a row on a common scale; what was agreed on stands across it as a dashed line."""
    most = max((max(row.part, Fraction(row.whole)) for row in rows), default=Fraction(0))
    marks = [] if not rows else [_word(_far(rows[0].whole, most), 12, limit_word, "middle")]
    for number, row in enumerate(rows):
        marks += _bar(row, ROW * number + 18, most)
    return _svg(WIDE, ROW * len(rows) + 22, title, marks, css="chart")


def _bar(row: Bar, top: int, most: Fraction) -> list[str]:
    start, end, agreed = _one(ROW_LEFT), _far(row.part, most), _far(row.whole, most)
    y, length = top + (ROW - ROW_BAR) // 2, _one(float(end) - ROW_LEFT)
    return [
        _word(_one(0), y + ROW_BAR, row.name, "start", INK),
        f'<rect x="{start}" y="{y}" width="{length}" height="{ROW_BAR}" fill="{ACCENT}"/>',
        _dashed(agreed, y - 4, agreed, y + ROW_BAR + 4),
        _word(_one(WIDE), y + ROW_BAR, row.words, "end", INK),
    ]


def _far(value: Fraction | int, most: Fraction) -> str:
    """Where a number ends on the scale of all rows."""
    share = float(value / most) if most else 0
    return _one(ROW_LEFT + share * (ROW_RIGHT - ROW_LEFT))


def _frame(ends: tuple[str, str]) -> list[str]:
    """Nothing and all as grey lines, the word of nothing, and the first and the last step."""
    heights = _height(0), _height(1)
    lines = [f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="{LINE}"/>' for y in heights]
    first, last = ends
    return [
        *lines,
        _beside(0, "0"),
        _word(_one(LEFT), BOTTOM + 18, first, "start"),
        _word(_one(RIGHT), BOTTOM + 18, last, "end"),
    ]


def _beside(share: float, word: str) -> str:
    """A short word to the left of a line."""
    return _word(_one(LEFT - 6), _below(share), word, "end")


def _limit(limit: Limit) -> list[str]:
    y = _height(limit.share)
    word = _word(_one(RIGHT + 6), _below(limit.share), limit.word, "start", INK)
    return [_dashed(str(LEFT), y, str(RIGHT), y), word]


def _last(spot: tuple[str, str], share: Fraction, *, falls: bool) -> list[str]:
    """A heavier dot with its value above, or below where the line or the edge is above."""
    x, y = spot
    above, below = float(y) - 8, float(y) + 18
    height = below if above <= TOP or (falls and below < BOTTOM) else above
    tenths = share * 1000 // 1
    value = f"{tenths // 10}.{tenths % 10}%"
    left, top = max(0, float(x) - 48), height - LETTERS + 1
    ground = f'<rect x="{_one(left)}" y="{_one(top)}" width="48" height="{LETTERS + 2}"'
    label = f'<text x="{x}" y="{_one(height)}" text-anchor="end" font-size="{LETTERS}"'
    return [
        f'{ground} fill="{PAPER}"/>',  # no dashed line runs through the value
        f'{label} font-weight="600" fill="{ACCENT}">{value}</text>',
        _dot(spot, 4),
    ]


def _path(shares: Sequence[Fraction | None]) -> str:
    """The line through neighbouring shares."""
    steps, pen_is_down = [], False
    for index, share in enumerate(shares):
        if share is not None:
            at = f"{_along(index, len(shares))} {_height(share)}"
            steps.append(f"{'L' if pen_is_down else 'M'}{at}")
        pen_is_down = share is not None
    return f'<path d="{"".join(steps)}" fill="none" stroke="{ACCENT}" stroke-width="2"/>'


def _dot(spot: tuple[str, str], radius: int) -> str:
    return f'<circle cx="{spot[0]}" cy="{spot[1]}" r="{radius}" fill="{ACCENT}"/>'


@cache
def _along(index: int, steps: int) -> str:
    share = index / (steps - 1) if steps > 1 else 1
    return _one(LEFT + share * (RIGHT - LEFT))


def _height(share: Fraction | float) -> str:
    return _one(BOTTOM - _inside(share) * (BOTTOM - TOP))


def _below(share: Fraction | float) -> str:
    """The foot of a word beside a line."""
    return _one(float(_height(share)) + 4)


def _word(x: str, y: str | int, words: str, anchor: str, fill: str = GREY) -> str:
    start = f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{LETTERS}"'
    return f'{start} fill="{fill}">{escape(words)}</text>'


def _svg(width: int, height: int, title: str, marks: Sequence[str], css: str = "") -> SafeString:
    named = f' class="{css}"' if css else ""
    return mark_safe(
        f'<svg role="img"{named} width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<title>{escape(title)}</title>{''.join(marks)}</svg>"
    )


def _rect(share: Fraction | float, fill: str) -> str:
    top = (HEIGHT - BAR) // 2
    return f'<rect y="{top}" width="{_x(share)}" height="{BAR}" fill="{fill}"/>'


def _dashed(x1: str, y1: str | int, x2: str, y2: str | int, *, dashes: str = "4 3") -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{INK}" stroke-width="1.5"'
        f' stroke-dasharray="{dashes}"/>'
    )


def _x(share: Fraction | float) -> str:
    """The place of a share on the bar; what lies beyond stops at the end."""
    return _one(_inside(share) * WIDTH)


def _inside(share: Fraction | float) -> float:
    return max(0, min(float(share), 1))


def _one(number: float) -> str:
    """Cut to a tenth of a unit: what falls short of a line does not reach it."""
    return f"{floor(number * 10 + 1e-6) / 10:.1f}"
