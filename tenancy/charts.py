"""Small charts as inline SVG: one drawing for the page and the PDF, without any script."""

from fractions import Fraction
from html import escape

INK = "#1c2733"
ACCENT = "#0b57a4"
LINE = "#d8dee6"
WIDTH = 96
HEIGHT = 12
BAR = 6


def share_bar(numerator: int, denominator: int, limit: Fraction | None, title: str) -> str:
    """A bar as long as the share, with its limit as a dashed line; the title says both in words.

    Drawn with attributes only: the pages' security policy lets no style in.
    """
    share = Fraction(numerator, denominator) if denominator else Fraction(0)
    marks = [_rect(Fraction(1), LINE), _rect(share, ACCENT)]
    if limit is not None:
        marks.append(_limit_line(limit))
    return (
        f'<svg role="img" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<title>{escape(title)}</title>{''.join(marks)}</svg>"
    )


def _rect(share: Fraction, fill: str) -> str:
    top = (HEIGHT - BAR) // 2
    return f'<rect y="{top}" width="{_x(share)}" height="{BAR}" fill="{fill}"/>'


def _limit_line(limit: Fraction) -> str:
    x = _x(limit)
    return (
        f'<line x1="{x}" y1="0" x2="{x}" y2="{HEIGHT}" stroke="{INK}" stroke-width="1.5"'
        ' stroke-dasharray="2 1"/>'
    )


def _x(share: Fraction) -> str:
    """The place of a share on the bar, to a tenth of a unit; what lies beyond stops at the end."""
    tenths = max(Fraction(0), min(share, Fraction(1))) * WIDTH * 10 // 1
    return f"{tenths // 10}.{tenths % 10}"
