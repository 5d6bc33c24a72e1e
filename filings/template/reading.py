"""Reads a template that is known to be sound; what is not is refused with all its mistakes."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from filings.template.checking import faults_of
from filings.template.expressions import THIS, Expression, parse
from filings.template.shapes import (
    Check,
    Indicator,
    Kind,
    OverTime,
    Section,
    Severity,
    Template,
)
from tenancy.periods import parse_period
from tenancy.toml.mistakes import Mistake, Unparsable, located, parsed

SHIPPED = Path(__file__).parent / "shipped"
NAME = "{this}"  # in a message: the name of the indicator that a check with `each` is about

Entry = Mapping[str, Any]


class BrokenTemplate(Exception):
    """The template has mistakes."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes


def check_template(text: str) -> list[Mistake]:
    """All mistakes in the order of their lines; none means that the template can be used."""
    try:
        data = parsed(text)
    except Unparsable as error:
        return [error.mistake]
    return located(faults_of(data), text)


def read_template(text: str) -> Template:
    """The template that the text says; raises `BrokenTemplate`."""
    if mistakes := check_template(text):
        raise BrokenTemplate(mistakes)
    data = parsed(text)
    sections = tuple(_section(entry) for entry in data["sections"])
    names = {one.code: one.name for section in sections for one in section.indicators}
    return Template(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        since=_month(data["since"]),
        until=_month(data["until"]) if "until" in data else None,
        source=data["source"],
        hours=data.get("hours", ""),
        sections=sections,
        checks=tuple(one for entry in data.get("checks", []) for one in _checks(entry, names)),
    )


def _month(text: str) -> date:
    return parse_period(text).first


def _section(entry: Entry) -> Section:
    indicators = tuple(_indicator(one, entry["code"]) for one in entry["indicators"])
    return Section(entry["code"], entry["title"], indicators)


def _indicator(entry: Entry, section: str) -> Indicator:
    kind = Kind(entry["kind"])
    return Indicator(
        code=entry["code"],
        name=entry["name"],
        unit=entry["unit"],
        note=entry["note"],
        kind=kind,
        required=entry.get("required", kind is not Kind.TEXT),
        source=entry.get("source", ""),
        target=entry.get("target", ""),
        formula=_expression(entry, "formula"),
        over_time=OverTime(entry.get("over_time", OverTime.SUM)),
        section=section,
    )


def _checks(entry: Entry, names: Mapping[str, str]) -> Iterator[Check]:
    """One check, or one an indicator that `each` lists."""
    if "each" not in entry:
        yield _check(entry)
    for code in entry.get("each", []):
        yield _check(entry, code, names[code])


def _check(entry: Entry, this: str = "", name: str = "") -> Check:
    must = parse(entry["must"], this)
    cells = [this if cell == THIS else cell for cell in entry.get("cells", [])]
    return Check(
        code=f"{entry['code']}.{this}" if this else entry["code"],
        rule=entry.get("rule", ""),
        severity=Severity(entry["severity"]),
        must=must,
        when=_expression(entry, "when", this),
        message=entry["message"].replace(NAME, name),
        cells=tuple(cells) or must.here,
    )


def _expression(entry: Entry, name: str, this: str = "") -> Expression | None:
    return parse(entry[name], this) if name in entry else None
