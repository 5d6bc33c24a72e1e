"""How numbers, money, shares and dates are written: the same on pages, in PDFs and in workbooks.

Pure functions. `english` chooses the language; a missing value is a dash; a float is refused,
because money and shares must never pass through one.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NO_DATA = "—"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CENT = Decimal("0.01")

Number = int | Decimal
Share = Fraction | int


def num(value: Number | None) -> str:
    """35,244; a decimal keeps only the digits it needs (7.50 is 7.5)."""
    if value is None:
        return NO_DATA
    exact = _exact(value)
    return f"{int(exact):,}" if exact == int(exact) else f"{exact.normalize():,f}"


def money(value: Number | None, *, english: bool = False) -> str:
    """¥2,400,000.00."""
    if value is None:
        return NO_DATA
    exact = _exact(value)
    symbol = "CNY " if english else "¥"
    return f"{'-' if exact < 0 else ''}{symbol}{yuan(abs(exact))}"


def yuan(value: Number | None) -> str:
    """2,400,000.00, for a column whose head names the unit."""
    return NO_DATA if value is None else f"{_cents(_exact(value)):,}"


def pct(numerator: Share | None, denominator: int | None = 1) -> str:
    """One decimal, cut and never rounded up: 1,001 of 2,003 is 49.9%, which is not a half."""
    if numerator is None or not denominator:
        return NO_DATA
    share = _share(numerator, denominator)
    sign = "-" if share < 0 else ""
    tenths = abs(share) * 1000 // 1
    return f"{sign}{tenths // 10}.{tenths % 10}%"


def frac(numerator: int | None, denominator: int | None, *, english: bool = False) -> str:
    """11/20（55.0%）: a share is never shown without its two numbers."""
    if numerator is None or denominator is None:
        return NO_DATA
    counts = f"{num(numerator)}/{num(denominator)}"
    if not denominator:
        return counts
    share = pct(numerator, denominator)
    return f"{counts} ({share})" if english else f"{counts}（{share}）"


def ddate(value: date | None, *, english: bool = False) -> str:
    """2026-10-05, for tables."""
    if value is None:
        return NO_DATA
    return _english_day(value) if english else f"{value:%Y-%m-%d}"


def cdate(value: date | None, *, english: bool = False) -> str:
    """2026年10月5日, for sentences and official paper."""
    if value is None:
        return NO_DATA
    return _english_day(value) if english else f"{value.year}年{value.month}月{value.day}日"


def dtime(value: datetime | None, *, english: bool = False) -> str:
    """2026-10-05 14:03."""
    return NO_DATA if value is None else f"{ddate(value, english=english)} {value:%H:%M}"


def since(value: datetime | None, now: datetime, *, english: bool = False) -> str:
    """刚刚, 12 分钟前, and from one hour on the time itself."""
    if value is None:
        return NO_DATA
    age = now - value
    if not timedelta() <= age < timedelta(hours=1):
        return dtime(value, english=english)
    minutes = age // timedelta(minutes=1)
    if english:
        return f"{minutes} min ago" if minutes else "just now"
    return f"{minutes} 分钟前" if minutes else "刚刚"


def period(first: date | None, last: date | None, *, english: bool = False) -> str:
    """2026年10月, 2026年第三季度, 2026年上半年, 2026年; any other span by its two days."""
    if first is None or last is None:
        return NO_DATA
    name = _calendar_period(first, last, english=english)
    separator = " – " if english else " ～ "
    return name or separator.join((ddate(first, english=english), ddate(last, english=english)))


def _exact(value: Number) -> Decimal:
    if not isinstance(value, int | Decimal):
        raise TypeError(f"{value!r}: int or Decimal, not {type(value).__name__}")
    return Decimal(value)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _share(numerator: Share, denominator: int) -> Fraction:
    if isinstance(numerator, float) or isinstance(denominator, float):
        raise TypeError("a share is made of whole numbers or a Fraction, not of floats")
    return Fraction(numerator) / denominator


def _english_day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _calendar_period(first: date, last: date, *, english: bool) -> str:
    """The name of a whole month, quarter, half-year or year; nothing for any other span."""
    ends = last.day == monthrange(last.year, last.month)[1]
    if first.year != last.year or first.day != 1 or not ends:
        return ""
    length = last.month - first.month + 1
    if length not in (1, 3, 6, 12) or (first.month - 1) % length:
        return ""
    nth = (first.month - 1) // length
    names = _english_names(nth) if english else _chinese_names(nth)
    year = str(first.year) if english else f"{first.year}年"
    return f"{names[length]} {year}".strip() if english else f"{year}{names[length]}"


def _chinese_names(nth: int) -> dict[int, str]:
    return {
        1: f"{nth + 1}月",
        3: f"第{'一二三四'[nth % 4]}季度",
        6: f"{'上下'[nth % 2]}半年",
        12: "",
    }


def _english_names(nth: int) -> dict[int, str]:
    return {1: MONTHS[nth], 3: f"Q{nth + 1}", 6: f"H{nth + 1}", 12: ""}
