"""Every mistake in a template's data: keys, words, codes, formulas and checks."""

import keyword
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeGuard

from filings.template.expressions import (
    FUNCTIONS,
    THIS,
    WORKDAYS,
    Expression,
    NotAnExpression,
    parse,
)
from filings.template.shapes import LAST_MONTH, Kind, OverTime, Severity
from tenancy.periods import UnknownPeriod, parse_period
from tenancy.toml.keys import (
    FLAG,
    TABLES,
    TEXT,
    TEXTS,
    Fault,
    Key,
    faults_of_choice,
    faults_of_table,
    is_text,
    placed,
    repeated,
    texts,
)
from tenancy.toml.lines import Path

LONGEST_NOTE = 80
RESERVED = frozenset({*FUNCTIONS, WORKDAYS, THIS, *keyword.kwlist})
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SOURCE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
SPARE = Key(TEXT, required=False, may_be_empty=True)

TEMPLATE = {
    "id": Key(TEXT),
    "version": Key(TEXT),
    "title": Key(TEXT),
    "since": Key(TEXT),
    "until": Key(TEXT, required=False),
    "source": Key(TEXT),
    "hours": Key(TEXT, required=False),
    "sections": Key(TABLES),
    "checks": Key(TABLES, required=False, may_be_empty=True),
}
SECTION = {"code": Key(TEXT), "title": Key(TEXT), "indicators": Key(TABLES)}
INDICATOR = {
    "code": Key(TEXT),
    "name": Key(TEXT),
    "unit": Key(TEXT, may_be_empty=True),
    "note": Key(TEXT),
    "kind": Key(TEXT),
    "required": Key(FLAG, required=False),
    "source": SPARE,
    "target": SPARE,
    "formula": Key(TEXT, required=False),
    "over_time": Key(TEXT, required=False),
}
CHECK = {
    "code": Key(TEXT),
    "rule": SPARE,
    "severity": Key(TEXT),
    "must": Key(TEXT),
    "when": Key(TEXT, required=False),
    "message": Key(TEXT),
    "cells": Key(TEXTS, required=False),
    "each": Key(TEXTS, required=False),
}
REMEDY = (
    "可用指标代码、数、workdays、+ - * /、比较、and or not、括号，"
    "和 prev ytd source target filled（各含一个代码）、abs min max。"
)
LENGTHS = {"id": 60, "version": 20, "title": 100}

Entry = Mapping[str, Any]
Placed = list[tuple[Path, dict[str, Any]]]


def faults_of(data: Entry) -> Iterator[Fault]:
    """Everything that is wrong with the template."""
    yield from faults_of_table(data, TEMPLATE, ())
    yield from _faults_of_head(data)
    sections, indicators = placed(data, "sections"), _indicators(data)
    numbers = {entry["code"] for _, entry in indicators if _is_number(entry)}
    for path, section in sections:
        yield from faults_of_table(section, SECTION, path)
        yield from _faults_of_code(section.get("code"), (*path, "code"))
    for path, entry in indicators:
        yield from faults_of_table(entry, INDICATOR, path)
        yield from _faults_of_indicator(entry, path, numbers)
    yield from _faults_of_cycles(indicators)
    yield from _faults_of_hours(data.get("hours"), numbers)
    yield from _faults_of_checks(data, numbers)
    yield from repeated(sections, "code", "板块代码")
    yield from repeated(indicators, "code", "指标代码")
    yield from repeated(placed(data, "checks"), "code", "校验代码")


def _is_number(entry: Entry) -> bool:
    return is_text(entry.get("code")) and entry.get("kind") != Kind.TEXT


def _indicators(data: Entry) -> Placed:
    sections = placed(data, "sections")
    return [one for path, section in sections for one in placed(section, "indicators", path)]


def _faults_of_head(data: Entry) -> Iterator[Fault]:
    for name, most in LENGTHS.items():
        yield from _faults_of_length(data.get(name), (name,), most)
    yield from _faults_of_slug(data.get("id"), ("id",))
    for name in ("since", "until"):
        if _is_given(data.get(name)) and not is_month(data[name]):
            yield Fault((name,), f"“{data[name]}”不是月份。", f'写成 {name} = "2026-01"。')
    since, until = data.get("since"), data.get("until")
    if is_month(since) and is_month(until) and until < since:
        yield Fault(("until",), "最后月份早于起用月份。", "改正 since 或 until；两端都算在内。")


def is_month(value: object) -> TypeGuard[str]:
    """A month such as 2026-01."""
    if not is_text(value) or not MONTH.fullmatch(value):
        return False
    try:
        parse_period(value)
    except UnknownPeriod:
        return False
    return True


def _is_given(value: object) -> TypeGuard[str]:
    return is_text(value) and value != ""


def _faults_of_length(value: object, path: Path, most: int) -> Iterator[Fault]:
    if is_text(value) and len(value) > most:
        message = f"“{path[-1]}”有 {len(value)} 个字，最多 {most} 个。"
        yield Fault(path, message, "缩短它。")


def _faults_of_slug(value: object, path: Path) -> Iterator[Fault]:
    if is_text(value) and value and not SLUG.fullmatch(value):
        yield Fault(path, f"“{value}”不合格式。", "只用小写字母、数字和连字符。")


def _faults_of_code(code: object, path: Path) -> Iterator[Fault]:
    if not is_text(code) or not code:
        return
    if not CODE.fullmatch(code):
        remedy = "以小写字母开头，只用小写字母、数字和下划线，最多 40 个。"
        yield Fault(path, f"代码“{code}”不合格式。", remedy)
    elif code in RESERVED:
        yield Fault(path, f"代码“{code}”是表达式中的词。", "换一个代码。")


def _faults_of_indicator(entry: Entry, path: Path, numbers: set[str]) -> Iterator[Fault]:
    yield from _faults_of_code(entry.get("code"), (*path, "code"))
    yield from _faults_of_length(entry.get("note"), (*path, "note"), LONGEST_NOTE)
    yield from _faults_of_word(entry, "kind", Kind, path)
    yield from _faults_of_word(entry, "over_time", OverTime, path)
    yield from _faults_of_source(entry.get("source"), (*path, "source"), numbers)
    yield from _faults_of_source(entry.get("target"), (*path, "target"), None)
    if _is_given(formula := entry.get("formula")):
        yield from _faults_of_formula(entry, formula, path, numbers)
    if entry.get("kind") == Kind.TEXT:
        for name in ("source", "target", "over_time"):
            if _is_given(entry.get(name)):
                yield Fault((*path, name), f"文字指标没有“{name}”。", f"删去 {name}。")


def _faults_of_word(entry: Entry, name: str, words: type[StrEnum], path: Path) -> Iterator[Fault]:
    if _is_given(entry.get(name)):
        yield from faults_of_choice(entry[name], words, (*path, name))


def _faults_of_source(value: object, path: Path, numbers: set[str] | None) -> Iterator[Fault]:
    """Whether an app offers the source is not known here, only whether it can be a name."""
    if not is_text(value) or not value or SOURCE.fullmatch(value):
        return
    if numbers is None or not value.startswith(LAST_MONTH):
        remedy = '写成“应用.名称”，例如 "staffing.on_post"。'
        yield Fault(path, f"“{value}”不是来源的名称。", remedy)
    elif (code := value.removeprefix(LAST_MONTH)) not in numbers:
        yield _unknown(code, path)


def _unknown(code: str, path: Path) -> Fault:
    remedy = "改正代码，或在 [[sections.indicators]] 中补上这个指标。"
    return Fault(path, f"没有代码为“{code}”的数字指标。", remedy)


def _faults_of_formula(
    entry: Entry, formula: str, path: Path, numbers: set[str]
) -> Iterator[Fault]:
    where = (*path, "formula")
    if entry.get("kind") == Kind.TEXT:
        yield Fault(where, "文字指标不能计算。", "删去 formula，或改正 kind。")
    if entry.get("source"):
        remedy = "只留一个：计算的不预填，预填的不计算。"
        yield Fault((*path, "source"), "同时写了 formula 和 source。", remedy)
    yield from _faults_of_expression(formula, where, numbers, is_condition=False)


def _faults_of_expression(
    text: object, path: Path, numbers: set[str], *, is_condition: bool, this: str = ""
) -> Iterator[Fault]:
    if not is_text(text) or not text:
        return
    try:
        expression = parse(text, this)
    except NotAnExpression as error:
        yield Fault(path, f"表达式有误：{error.message}。", REMEDY)
        return
    for code in expression.codes:
        if code not in numbers:
            yield _unknown(code, path)
    if expression.is_condition != is_condition:
        wanted = "条件，例如 closed <= opened" if is_condition else "数，例如 opened - closed"
        yield Fault(path, "表达式的结果不对。", f"写成{wanted}。")


def _faults_of_cycles(indicators: Placed) -> Iterator[Fault]:
    rests = {entry["code"]: _read_here(entry) for _, entry in indicators if _is_number(entry)}
    for path, entry in indicators:
        if _is_number(entry) and (code := entry["code"]) in _reached(rests[code], rests):
            message = f"指标“{code}”的计算绕回了自己。"
            yield Fault((*path, "formula"), message, "改正 formula，使它不依赖自己。")


def _read_here(entry: Entry) -> tuple[str, ...]:
    formula = parsed(entry.get("formula"))
    return formula.here if formula else ()


def parsed(text: object, this: str = "") -> Expression | None:
    """The expression, or None where it is none."""
    try:
        return parse(text, this) if is_text(text) else None
    except NotAnExpression:
        return None


def _reached(start: tuple[str, ...], rests: Mapping[str, tuple[str, ...]]) -> set[str]:
    """All that a formula rests on, however far away."""
    reached: set[str] = set()
    ahead = [*start]
    while ahead:
        code = ahead.pop()
        if code not in reached:
            reached.add(code)
            ahead += rests.get(code, ())
    return reached


def _faults_of_hours(hours: object, numbers: set[str]) -> Iterator[Fault]:
    if _is_given(hours) and hours not in numbers:
        yield _unknown(hours, ("hours",))


def _faults_of_checks(data: Entry, numbers: set[str]) -> Iterator[Fault]:
    for path, entry in placed(data, "checks"):
        yield from faults_of_table(entry, CHECK, path)
        yield from _faults_of_slug(entry.get("code"), (*path, "code"))
        yield from _faults_of_word(entry, "severity", Severity, path)
        for name in ("each", "cells"):
            for code in texts(entry.get(name)):
                if code not in numbers and not (name == "cells" and code == THIS):
                    yield _unknown(code, (*path, name))
        each = texts(entry.get("each"))
        if len({*each}) < len(each):
            yield Fault((*path, "each"), "同一个指标写了两次。", "只留一处。")
        this = next(iter(each), "")
        for name in ("must", "when"):
            yield from _faults_of_expression(
                entry.get(name), (*path, name), numbers, is_condition=True, this=this
            )
        yield from _faults_of_marks(entry, path, this)


def _faults_of_marks(entry: Entry, path: Path, this: str) -> Iterator[Fault]:
    must = parsed(entry.get("must"), this)
    if must and not must.here and not entry.get("cells"):
        yield Fault(path, "没有可标记的单元格。", '补上 cells = ["…"]，写明相关指标。')
    if THIS in texts(entry.get("cells")) and not this:
        yield Fault((*path, "cells"), "this 只能用在写了 each 的校验中。", "改为指标代码。")
