"""What rules ask packs for: kinds of values, read from a pack or from an override's text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from compliance.shares import Share

_MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


class ParameterKind(StrEnum):
    SHARE = "share"
    COUNT = "count"
    FLAG = "flag"
    CHOICES = "choices"
    PRICE = "price"

    @property
    def is_ordered(self) -> bool:
        """Whether it can be raised and lowered."""
        return self in (ParameterKind.SHARE, ParameterKind.COUNT, ParameterKind.PRICE)


class NotAValue(Exception):
    """What is given is no value of this parameter."""


@dataclass(frozen=True, slots=True, order=True)
class Standard:
    """An amount of money that holds from a day on."""

    since: date
    yuan: Decimal


Price = tuple[Standard, ...]  # in the order of their days
Value = Share | int | frozenset[str] | Price


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a rule asks a pack for."""

    name: str
    kind: ParameterKind
    choices: frozenset[str] = frozenset()

    def read(self, raw: object) -> Value:
        """The value as rules use it."""
        return _READERS[self.kind](raw, self.choices)

    def read_text(self, text: str) -> Value:
        """The value of an override, from what somebody typed."""
        return self.read(_TYPED[self.kind](text.strip()))

    def size(self, value: Value, on: date) -> Fraction | None:
        """By which two values are compared; None where there is none yet on the day."""
        match value:
            case Share():
                return Fraction(value.num, value.den)
            case tuple():
                yuan = price_on(value, on)
                return None if yuan is None else Fraction(yuan)
            case frozenset():
                return None
        return Fraction(value)


def price_on(price: Price, on: date) -> Decimal | None:
    """The standard in force on the day."""
    return next((one.yuan for one in reversed(price) if one.since <= on), None)


def _read_share(raw: object, _choices: frozenset[str]) -> Share:
    try:
        share = Share.parse(raw) if isinstance(raw, str) else None
    except ValueError:
        share = None
    if share is None or not 0 <= share.num <= share.den or share.den == 0:
        raise NotAValue(raw)
    return share


def _read_count(raw: object, _choices: frozenset[str]) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise NotAValue(raw)
    return raw


def _read_flag(raw: object, _choices: frozenset[str]) -> bool:
    if not isinstance(raw, bool):
        raise NotAValue(raw)
    return raw


def _read_choices(raw: object, choices: frozenset[str]) -> frozenset[str]:
    if not isinstance(raw, list) or not raw or not all(isinstance(name, str) for name in raw):
        raise NotAValue(raw)
    if not choices.issuperset(raw):
        raise NotAValue(raw)
    return frozenset(raw)


def _read_price(raw: object, _choices: frozenset[str]) -> Price:
    if not isinstance(raw, list) or not raw:
        raise NotAValue(raw)
    standards = sorted(read_standard(entry) for entry in raw)
    if len({standard.since for standard in standards}) < len(standards):
        raise NotAValue(raw)
    return tuple(standards)


def read_standard(entry: object) -> Standard:
    """`{ from = 2023-04-07, yuan = "120000.00" }`."""
    since = entry.get("from") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or entry.keys() != {"from", "yuan"}:
        raise NotAValue(entry)
    if not isinstance(since, date) or isinstance(since, datetime):
        raise NotAValue(entry)
    return Standard(since, read_money(entry["yuan"]))


def read_money(text: object) -> Decimal:
    """An amount above zero, to the cent."""
    if not isinstance(text, str) or not _MONEY.fullmatch(text) or not Decimal(text):
        raise NotAValue(text)
    return Decimal(text).quantize(Decimal("0.01"))


_READERS: dict[ParameterKind, Callable[[object, frozenset[str]], Value]] = {
    ParameterKind.SHARE: _read_share,
    ParameterKind.COUNT: _read_count,
    ParameterKind.FLAG: _read_flag,
    ParameterKind.CHOICES: _read_choices,
    ParameterKind.PRICE: _read_price,
}
_TYPED: dict[ParameterKind, Callable[[str], object]] = {
    ParameterKind.SHARE: str,
    ParameterKind.COUNT: lambda text: int(text) if re.fullmatch(r"[0-9]{1,6}", text) else text,
    ParameterKind.FLAG: lambda text: {"true": True, "false": False}.get(text),
    ParameterKind.CHOICES: lambda text: text.split(","),
    # An override's price holds as long as the override.
    ParameterKind.PRICE: lambda text: [{"from": date.min, "yuan": text}],
}
