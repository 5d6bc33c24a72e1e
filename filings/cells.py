"""What people type into the cells of a record: by page, workbook or program, read in one way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from filings.template.shapes import Indicator, Kind, Template
from jobs.workbook.cells import CellFault, parse
from jobs.workbook.cells.numbers import MOST
from jobs.workbook.cells.texts import PROSE, clean
from jobs.workbook.columns import Column
from jobs.workbook.columns import Kind as CellKind

LONGEST_TEXT = 2000
LONGEST_EXPLANATION = 200
LONGEST_UNREAD = 60
KINDS = {
    Kind.WHOLE: CellKind.INTEGER,
    Kind.DECIMAL: CellKind.DECIMAL,
    Kind.MONEY: CellKind.MONEY,
}


class UnknownCells(Exception):
    """Codes that the record's template has not, or computes by itself."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.codes = codes


@dataclass(frozen=True)
class Given:
    """What somebody gives for a record, as it came: cells by code, sentences by check."""

    cells: Mapping[str, Any] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Content:
    """What a record says: numbers, narrative, what could not be read, and explanations."""

    figures: dict[str, Decimal | None]
    texts: dict[str, str]
    unread: dict[str, str]
    explanations: dict[str, str]

    def take(self, form: Template, given: Given) -> None:
        """Put what was given in its places; raises `UnknownCells`."""
        if strange := [code for code in given.cells if not _is_typed(form, code)]:
            raise UnknownCells(strange)
        for code, raw in given.cells.items():
            self._take_cell(form.indicators[code], raw)
        for check, sentence in given.explanations.items():
            self._take_explanation(check, sentence)

    def _take_cell(self, indicator: Indicator, raw: Any) -> None:
        code = indicator.code
        if indicator.kind is Kind.TEXT:
            self.texts[code] = text_of(raw)
            return
        self.unread.pop(code, None)
        try:
            self.figures[code] = read(raw, indicator)
        except CellFault:
            self.figures.pop(code, None)
            self.unread[code] = clean(raw)[:LONGEST_UNREAD]

    def _take_explanation(self, check: str, sentence: str) -> None:
        said = clean(sentence, PROSE)[:LONGEST_EXPLANATION]
        if said:
            self.explanations[check] = said
        else:
            self.explanations.pop(check, None)


def _is_typed(form: Template, code: str) -> bool:
    indicator = form.indicators.get(code)
    return indicator is not None and indicator.formula is None


def text_of(raw: Any) -> str:
    """The narrative as it was written, its lines kept, without what no page can show."""
    lines = "" if raw is None else str(raw).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(clean(line, PROSE) for line in lines.split("\n")).strip()[:LONGEST_TEXT]


def read(raw: Any, indicator: Indicator) -> Decimal | None:
    """The number of a cell, None where it is blank; raises `CellFault` with what to do."""
    found = parse(_exact(raw), _column(indicator.code, indicator.name, indicator.kind))
    return None if found is None else Decimal(found)


def _exact(raw: Any) -> Any:
    """A program's float as it is written; booleans are no numbers."""
    return Decimal(repr(raw)) if isinstance(raw, float) else raw


@lru_cache(maxsize=4096)
def _column(code: str, name: str, kind: Kind) -> Column:
    return Column(name, code, KINDS[kind], minimum=0, maximum=MOST)


def fault_of(raw: str, indicator: Indicator) -> str:
    """What is wrong with a cell that could not be read, and how to mend it."""
    try:
        read(raw, indicator)
    except CellFault as fault:
        return f"{fault.message}{fault.remedy}"
    return _("此格当时无法读取，请重填。")
