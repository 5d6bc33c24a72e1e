"""Where what somebody typed differs from what stands now, and what changed between two rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filings.cells import Content, Given
from filings.facts import Sheet, sheet_of
from filings.grid import plain_number, shown
from filings.template.shapes import Kind, Template


@dataclass(frozen=True)
class Difference:
    """One cell: how the field is called, what the person typed, and what is stored."""

    name: str
    label: str
    yours: str
    stored: str


def differences(now: Sheet, given: Given) -> list[Difference]:
    """The cells in which the given differs from what stands."""
    content = now.content
    wanted = Content(
        dict(content.figures), dict(content.texts), dict(content.unread), dict(content.explanations)
    )
    known = {code: raw for code, raw in given.cells.items() if code in now.form.indicators}
    wanted.take(now.form, Given(known, given.explanations))
    yours = sheet_of(now.form, wanted, now.around)
    cells = [
        Difference(f"cell.{code}", now.form.indicators[code].name, mine, theirs)
        for code in known
        if (mine := _typed(yours, code)) != (theirs := _typed(now, code))
    ]
    return cells + _of_explanations(now, given)


def _typed(sheet: Sheet, code: str) -> str:
    if sheet.form.indicators[code].kind is Kind.TEXT:
        return sheet.content.texts.get(code, "")
    unread = sheet.content.unread.get(code)
    return plain_number(sheet.here.get(code)) if unread is None else unread


def _of_explanations(now: Sheet, given: Given) -> list[Difference]:
    labels = {one.code: one.message for one in now.problems}
    stored = now.content.explanations
    return [
        Difference(f"why.{code}", labels.get(code, code), said, stored.get(code, ""))
        for code, said in given.explanations.items()
        if said.strip() != stored.get(code, "")
    ]


@dataclass(frozen=True)
class Change:
    """An indicator whose value is another than it was."""

    code: str
    name: str
    before: str
    after: str


def changes(
    form: Template,
    before: tuple[Mapping[str, Decimal | None], Mapping[str, str]],
    after: tuple[Mapping[str, Decimal | None], Mapping[str, str]],
) -> list[Change]:
    """From (figures, texts) to (figures, texts), in the order of the form."""
    return [
        Change(code, one.name, _said(before, code, one), _said(after, code, one))
        for code, one in form.indicators.items()
        if _value(before, code, one.kind) != _value(after, code, one.kind)
    ]


def _value(said: tuple[Mapping[str, Any], Mapping[str, str]], code: str, kind: Kind) -> Any:
    figures, texts = said
    return texts.get(code, "") if kind is Kind.TEXT else figures.get(code)


def _said(said: tuple[Mapping[str, Any], Mapping[str, str]], code: str, one: Any) -> str:
    value = _value(said, code, one.kind)
    return (value or "—") if one.kind is Kind.TEXT else shown(value, one)
