"""What a template makes of a record: its computed cells, and all its problems at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from filings.template.expressions import Value
from filings.template.shapes import Figures, Indicator, Kind, Problem, Severity, Template

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
    for code, formula in template.formulas.items():
        here[code] = _rounded(_number(formula.value(figures)), template.indicators[code].kind)
    return {code: here[code] for code in template.formulas}


def _number(value: Value) -> Fraction | None:
    return None if value is None else Fraction(value)


def _rounded(value: Fraction | None, kind: Kind) -> Decimal | None:
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
) -> list[Problem]:
    """Everything at once, in the order of the form; `unread` says what is wrong by cell.

    `figures.here` holds the computed cells too.
    """
    found = [*_of_cells(template, figures, texts, unread), *_of_checks(template, figures)]
    place = {code: number for number, code in enumerate(template.indicators)}
    return sorted(found, key=lambda problem: place[problem.cell])


def _of_cells(
    template: Template, figures: Figures, texts: Mapping[str, str], unread: Mapping[str, str]
) -> Iterator[Problem]:
    for code, indicator in template.typed.items():
        if code in unread:
            yield _hard("unread", code, unread[code])
        elif indicator.is_text:
            if indicator.required and not texts.get(code, "").strip():
                yield _hard("blank", code, BLANK_TEXT)
        else:
            yield from _of_number(indicator, figures.here.get(code))


def _of_number(indicator: Indicator, value: Decimal | None) -> Iterator[Problem]:
    code = indicator.code
    if value is None:
        if indicator.required:
            yield _hard("blank", code, BLANK)
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


def _of_checks(template: Template, figures: Figures) -> Iterator[Problem]:
    for check in template.checks:
        if check.is_broken(figures):
            typed = (cell for cell in check.cells if cell in template.typed)
            yield Problem(
                code=check.code,
                cell=next(typed, check.cells[0]),
                cells=check.cells,
                severity=check.severity,
                message=check.message,
                rule=check.rule,
            )
