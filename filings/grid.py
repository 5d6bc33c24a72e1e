"""The form as a page shows it: each cell with what stands beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from filings.cells import text_of
from filings.facts import Sheet
from filings.models import MonthlyRecord
from filings.template.shapes import Indicator, Kind, Problem
from tenancy import formats


def plain_number(value: Decimal | None) -> str:
    """As it is typed: no commas, no needless zeros."""
    return "" if value is None else f"{value.normalize():f}"


def shown(value: Decimal | None, indicator: Indicator) -> str:
    """As it is read."""
    if value is None:
        return formats.NO_DATA
    return formats.yuan(value) if indicator.kind is Kind.MONEY else formats.num(value)


@dataclass(frozen=True)
class Cell:
    """One indicator of one record, all numbers in words."""

    indicator: Indicator
    value: str
    read: str
    source: str
    previous: str
    year: str
    target: str
    is_prefilled: bool = False
    is_marked: bool = False
    has_jumped: bool = False
    problems: tuple[Problem, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_computed(self) -> bool:
        return self.indicator.formula is not None

    @property
    def is_text(self) -> bool:
        return self.indicator.kind is Kind.TEXT

    @property
    def hard(self) -> list[Problem]:
        return [one for one in self.problems if one.is_hard]

    @property
    def soft(self) -> list[tuple[Problem, str]]:
        """What asks for a sentence, with the sentence that stands."""
        return [
            (one, self.explanations.get(one.code, "")) for one in self.problems if not one.is_hard
        ]


@dataclass(frozen=True)
class Block:
    """A section with its cells."""

    code: str
    title: str
    cells: tuple[Cell, ...]

    @cached_property
    def missing(self) -> int:
        """How many of its cells are not in order yet."""
        return sum(bool(cell.hard) for cell in self.cells)


def blocks(sheet: Sheet, record: MonthlyRecord) -> list[Block]:
    """The whole form, section by section."""
    by_cell: dict[str, list[Problem]] = {}
    for problem in sheet.problems:
        by_cell.setdefault(problem.cell, []).append(problem)
    builder = _Builder(sheet, record, by_cell)
    return [
        Block(one.code, one.title, tuple(map(builder.cell, one.indicators)))
        for one in sheet.form.sections
    ]


@dataclass(frozen=True)
class _Builder:
    sheet: Sheet
    record: MonthlyRecord
    problems: Mapping[str, Collection[Problem]]

    def cell(self, indicator: Indicator) -> Cell:
        code, around = indicator.code, self.sheet.around
        if indicator.kind is Kind.TEXT:
            text = text_of(self.sheet.content.texts.get(code))
            return self._cell(indicator, text, text)
        here, before = self.sheet.here.get(code), around.previous.get(code)
        unread = self.sheet.content.unread.get(code)
        return self._cell(
            indicator,
            plain_number(here) if unread is None else unread,
            shown(here, indicator) if unread is None else unread,
            source=shown(around.known.get(indicator.source), indicator),
            previous=shown(before, indicator),
            year=shown(self.sheet.year(code), indicator),
            target=shown(around.targets.get(indicator.target), indicator),
            has_jumped=has_jumped(here, before),
        )

    def _cell(self, indicator: Indicator, value: str, read: str, **beside: object) -> Cell:
        nothing = dict.fromkeys(("source", "previous", "year", "target"), "")
        return Cell(
            indicator=indicator,
            value=value,
            read=read,
            is_prefilled=indicator.code in self.sheet.is_prefilled,
            is_marked=indicator.code in self.record.marked,
            problems=tuple(self.problems.get(indicator.code, ())),
            explanations=self.sheet.content.explanations,
            **{**nothing, **beside},  # type: ignore[arg-type]
        )


def has_jumped(here: Decimal | None, before: Decimal | None) -> bool:
    """Whether a figure is more than half of last month's away from it."""
    if here is None or not before:
        return False
    return abs(here - before) * 2 > abs(before)
