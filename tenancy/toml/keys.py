"""What a table of a TOML file must hold: which keys, and of what kind their values are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeGuard

from tenancy.toml.lines import Path


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
ANYTHING = Kind(lambda _value: True, "值", "…")


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


def faults_of_choice(value: str, choices: type[StrEnum], path: Path) -> Iterator[Fault]:
    """A word that is none of those known."""
    known = [choice.value for choice in choices]
    if value not in known:
        yield Fault(path, f"“{path[-1]}”不能是“{value}”。", f"改为 {'、'.join(known)} 之一。")


def repeated(
    entries: Iterable[tuple[Path, Mapping[str, Any]]], key: str, what: str
) -> Iterator[Fault]:
    """A value that two of the tables share."""
    seen: set[str] = set()
    for path, entry in entries:
        value = entry.get(key)
        if is_text(value) and value in seen:
            remedy = "同一个文件里只能写一次，删去或改正这一处。"
            yield Fault((*path, key), f"{what}“{value}”重复。", remedy)
        elif is_text(value):
            seen.add(value)


def placed(
    data: Mapping[str, Any], name: str, within: Path = ()
) -> list[tuple[Path, dict[str, Any]]]:
    """The well-formed ones of an array of tables, with their paths."""
    return [((*within, name, index), entry) for index, entry in tables(data, name)]


def tables(data: Mapping[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    """The well-formed ones of an array of tables, with their places."""
    entries = data.get(name)
    if not isinstance(entries, list):
        return []
    return [(index, entry) for index, entry in enumerate(entries) if isinstance(entry, dict)]


def texts(value: object) -> list[str]:
    """The well-formed ones of a list of texts."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
