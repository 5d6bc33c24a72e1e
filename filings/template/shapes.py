"""What a template says, and what its expressions are read against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filings.template.expressions import Expression

LAST_MONTH = "last_month:"
Numbers = Mapping[str, Decimal | None]


class Kind(StrEnum):
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    TEXT = "text"


class OverTime(StrEnum):
    """How months make a quarter or a year: added up, or the newest one's."""

    SUM = "sum"
    LAST = "last"


class Severity(StrEnum):
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of a month by indicator; what is blank or unknown is None or absent.

    `year` includes this month. `known` is what the platform counts itself.
    """

    here: Numbers
    previous: Numbers = field(default_factory=dict)
    year: Numbers = field(default_factory=dict)
    known: Numbers = field(default_factory=dict)
    targets: Numbers = field(default_factory=dict)
    workdays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A cell. Its note says what counts and what does not; a formula makes it computed."""

    code: str
    name: str
    unit: str
    note: str
    kind: Kind
    required: bool
    source: str
    target: str
    formula: "Expression | None"
    over_time: OverTime
    section: str

    @property
    def is_text(self) -> bool:
        return self.kind is Kind.TEXT

    @property
    def carried_from(self) -> str:
        """The indicator whose last month's value is this one's; "" for none."""
        return self.source.removeprefix(LAST_MONTH) if self.source.startswith(LAST_MONTH) else ""


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What must hold, where `when` holds; the cells are those a page marks."""

    code: str
    rule: str
    severity: Severity
    must: "Expression"
    when: "Expression | None"
    message: str
    cells: tuple[str, ...]

    def is_broken(self, figures: Figures) -> bool:
        """Only what is known to be false is; a blank neither holds nor fails."""
        if self.when is not None and self.when.value(figures) is not True:
            return False
        return self.must.value(figures) is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stands between a record and its submission. A sentence for a soft one is kept by code.

    `cell` is the one to jump to; the message does not name it.
    """

    code: str
    cell: str
    cells: tuple[str, ...]
    severity: Severity
    message: str
    rule: str = ""

    @property
    def is_hard(self) -> bool:
        return self.severity is Severity.HARD

    @property
    def is_blank(self) -> bool:
        """A cell that is still to be filled in."""
        return self.code == f"blank.{self.cell}"


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of the form. `since` and `until` are first days of months, both inclusive.

    `hours` names the indicator that counts toward agreed hours ("" for none).
    """

    id: str
    version: str
    title: str
    since: date
    until: date | None
    source: str
    hours: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """All of them by code, in the order of the form."""
        return {one.code: one for section in self.sections for one in section.indicators}

    @cached_property
    def numbers(self) -> dict[str, Indicator]:
        return {code: one for code, one in self.indicators.items() if not one.is_text}

    @cached_property
    def typed(self) -> dict[str, Indicator]:
        """Numbers that people fill in."""
        return {code: one for code, one in self.numbers.items() if one.formula is None}

    @cached_property
    def texts(self) -> dict[str, Indicator]:
        return {code: one for code, one in self.indicators.items() if one.is_text}

    @cached_property
    def computed(self) -> tuple[Indicator, ...]:
        """Those with a formula, each after those that it rests on."""
        rests = {one.code: one.formula.here for one in self.numbers.values() if one.formula}
        order = TopologicalSorter(rests).static_order()
        return tuple(self.indicators[code] for code in order if code in rests)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Sources that apps are to offer; the month before needs none."""
        named = (one.source for one in self.indicators.values() if not one.carried_from)
        return tuple(sorted({name for name in named if name}))

    @cached_property
    def targets(self) -> tuple[str, ...]:
        return tuple(sorted({one.target for one in self.indicators.values() if one.target}))
