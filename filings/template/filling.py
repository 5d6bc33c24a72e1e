"""What a template makes of a record: its computed cells, and all its problems at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from filings.template.expressions import Value
from filings.template.shapes import Check, Figures, Indicator, Kind, Problem, Severity, Template

LIMIT = Decimal(10) ** 12
BLANK = "填写本月数，没有请填 0。"
BLANK_TEXT = "请填写，没有请写“无”。"
NEGATIVE = "不能小于 0。"
NOT_WHOLE = "应为整数，不带小数。"
TOO_FINE = "最多两位小数。"
TOO_LARGE = "数太大，应小于 1 万亿，请核对单位。"
PLACES = {Kind.WHOLE: 0, Kind.DECIMAL: 2, Kind.MONEY: 2}


def computed(template: Template, figures: Figures) -> dict[str, Decimal | None]:
    """The computed cells by code; None where one that it rests on is blank."""
    here = dict(figures.here)
    figures = replace(figures, here=here)
    for one in template.computed:
        found = one.formula.value(figures) if one.formula else None
        here[one.code] = _rounded(found, one.kind)
    return {one.code: here[one.code] for one in template.computed}


def _rounded(value: Value, kind: Kind) -> Decimal | None:
    """As many places as such a cell has; halves go up."""
    if value is None:
        return None
    parts = floor(value * 10 ** PLACES[kind] + Fraction(1, 2))
    return Decimal(f"{parts}E-{PLACES[kind]}")  # exact, however long


def problems(
    template: Template,
    figures: Figures,
    texts: Mapping[str, str],
    unread: Mapping[str, str],
    blank: str = BLANK,
) -> list[Problem]:
    """Everything at once, in the order of the form.

    `figures.here` holds the computed cells too; `unread` says what is wrong by cell, `blank` what
    to do with a number that is missing.
    """
    found = [
        *(_hard("unread", code, said) for code, said in unread.items() if code in template.typed),
        *_of_numbers(template, figures, unread, blank),
        *_of_texts(template, texts),
        *_of_checks(template, figures),
    ]
    place = {code: number for number, code in enumerate(template.indicators)}
    return sorted(found, key=lambda problem: place[problem.cell])


def _of_texts(template: Template, texts: Mapping[str, str]) -> Iterator[Problem]:
    for code, one in template.texts.items():
        if one.required and not (texts.get(code) or "").strip():
            yield _hard("blank", code, BLANK_TEXT)


def _of_numbers(
    template: Template, figures: Figures, unread: Mapping[str, str], blank: str
) -> Iterator[Problem]:
    for code, one in template.typed.items():
        if code not in unread:
            yield from _of_number(one, figures.here.get(code), blank)


def _of_number(indicator: Indicator, value: Decimal | None, blank: str) -> Iterator[Problem]:
    code = indicator.code
    if value is None:
        if indicator.required:
            yield _hard("blank", code, blank)
    elif not value.is_finite() or value >= LIMIT:
        yield _hard("too-large", code, TOO_LARGE)
    elif value < 0:
        yield _hard("negative", code, NEGATIVE)
    elif value.scaleb(PLACES[indicator.kind]) % 1:
        whole = indicator.kind is Kind.WHOLE
        yield _hard("not-whole", code, NOT_WHOLE) if whole else _hard("too-fine", code, TOO_FINE)


def _hard(what: str, cell: str, message: str) -> Problem:
    return Problem(
        code=f"{what}.{cell}", cell=cell, cells=(cell,), severity=Severity.HARD, message=message
    )


def cell_of(check: Check, template: Template) -> str:
    """The cell that a check leads to: the first that people fill in."""
    typed = (cell for cell in check.cells if cell in template.typed)
    return next(typed, check.cells[0])


def _of_checks(template: Template, figures: Figures) -> Iterator[Problem]:
    for check in template.checks:
        if check.is_broken(figures):
            yield Problem(
                code=check.code,
                cell=cell_of(check, template),
                cells=check.cells,
                severity=check.severity,
                message=check.message,
                rule=check.rule,
            )
