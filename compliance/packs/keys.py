"""Which keys a pack has, and of what kind their values are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeGuard

from compliance.packs.lines import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake at a key; its line is looked up later."""

    path: Path
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its test, its name and an example."""

    holds: Callable[[object], bool]
    name: str
    example: str


@dataclass(frozen=True, slots=True)
class Key:
    kind: Kind
    required: bool = True
    may_be_empty: bool = False


def is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_list_of(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(isinstance(one, kind) for one in value)


TEXT = Kind(is_text, "文字", '"…"')
DAY = Kind(is_day, "日期", "2023-04-07（不加引号）")
FLAG = Kind(lambda value: isinstance(value, bool), "true 或 false", "false")
TEXTS = Kind(_is_list_of(str), "文字列表", '["…"]')
TABLES = Kind(_is_list_of(dict), "若干个表", "[[…]]")
TABLE = Kind(lambda value: isinstance(value, dict), "一个表", "{ value = …, override = … }")
OVERRIDE = Kind(
    lambda value: isinstance(value, str | dict),
    "文字，或按级别写的表",
    '"none"，或 { city = "any", district = "up" }',
)
ANYTHING = Kind(lambda _value: True, "值", "…")

PACK = {
    "id": Key(TEXT),
    "version": Key(TEXT),
    "title": Key(TEXT),
    "issuer": Key(TEXT, may_be_empty=True),
    "document": Key(TEXT, may_be_empty=True),
    "jurisdiction": Key(TEXT),
    "source": Key(TEXT),
    "in_force_from": Key(DAY, required=False),
    "in_force_to": Key(DAY, required=False),
    "includes": Key(TEXTS, required=False, may_be_empty=True),
    "clauses": Key(TABLES),
    "bindings": Key(TABLES, required=False, may_be_empty=True),
}
CLAUSE = {
    "id": Key(TEXT),
    "article": Key(TEXT, may_be_empty=True),
    "summary": Key(TEXT),
    "source": Key(TEXT),
    "inferred": Key(FLAG),
}
BINDING = {
    "rule": Key(TEXT),
    "clause": Key(TEXT),
    "severity": Key(TEXT, required=False),
    "parameters": Key(TABLE, required=False, may_be_empty=True),
}
SETTING = {"value": Key(ANYTHING), "override": Key(OVERRIDE)}
OVERRIDE_BY_LEVEL = {"city": Key(TEXT, required=False), "district": Key(TEXT, required=False)}
STANDARD = {"from": Key(DAY), "yuan": Key(TEXT)}


def faults_of_shape(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is missing, unknown or of a wrong kind, in the whole file."""
    yield from faults_of_table(data, PACK, ())
    for name, keys in (("clauses", CLAUSE), ("bindings", BINDING)):
        for index, table in tables(data, name):
            yield from faults_of_table(table, keys, (name, index))


def faults_of_table(
    table: Mapping[str, Any], keys: Mapping[str, Key], path: Path
) -> Iterator[Fault]:
    for name in table.keys() - keys.keys():
        known = "、".join(keys)
        yield Fault((*path, name), f"不认识的键“{name}”。", f"改正或删去；这里可用 {known}。")
    for name, key in keys.items():
        if name in table:
            yield from _faults_of_value(table[name], name, key, path)
        elif key.required:
            yield Fault(path, f"缺少“{name}”。", f"补上 {name} = {key.kind.example}。")


def _faults_of_value(value: Any, name: str, key: Key, path: Path) -> Iterator[Fault]:
    where, remedy = (*path, name), f"写成 {name} = {key.kind.example}。"
    if not key.kind.holds(value):
        yield Fault(where, f"“{name}”应为{key.kind.name}。", remedy)
    elif not key.may_be_empty and value in ("", [], {}):
        yield Fault(where, f"“{name}”不能为空。", remedy)


def tables(data: Mapping[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    """The well-formed ones of an array of tables, with their places."""
    entries = data.get(name)
    if not isinstance(entries, list):
        return []
    return [(index, entry) for index, entry in enumerate(entries) if isinstance(entry, dict)]


def texts(value: object) -> list[str]:
    """The well-formed ones of a list of texts."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
