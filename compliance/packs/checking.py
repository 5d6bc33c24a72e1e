"""Explains every mistake in a pack: the line, what is wrong, and how to mend it."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compliance.packs.keys import faults_of_shape
from compliance.packs.meaning import SLUG, faults_of_meaning
from tenancy.toml.keys import Fault, tables, texts
from tenancy.toml.mistakes import Mistake, Unparsable, decoded, located, parsed

FOLDER = Path(__file__).parent


def find_pack(pack_id: str, folder: Path = FOLDER) -> Path | None:
    """The file of a pack, in the given folder or among those shipped."""
    if not SLUG.fullmatch(pack_id):
        return None
    files = (place / f"{pack_id}.toml" for place in (folder, FOLDER))
    return next((file for file in files if file.is_file()), None)


def check_pack(file: Path) -> list[Mistake]:
    """All mistakes in the order of their lines; none means that the pack can be used."""
    return _check(file, (file.stem,))


def _check(file: Path, chain: tuple[str, ...]) -> list[Mistake]:
    """The chain holds the packs that led here; including one of them again would never end."""
    try:
        text = decoded(file.read_bytes())
        data = parsed(text)
    except Unparsable as error:
        return [error.mistake]
    faults = [*faults_of_shape(data), *faults_of_meaning(data, file)]
    return located([*faults, *_faults_of_includes(data, file, chain)], text)


def _faults_of_includes(
    data: Mapping[str, Any], file: Path, chain: tuple[str, ...]
) -> Iterator[Fault]:
    bound = {entry.get("rule"): file.stem for _, entry in tables(data, "bindings")}
    for index, pack_id in enumerate(texts(data.get("includes"))):
        where, found = ("includes", index), find_pack(pack_id, file.parent)
        if pack_id in chain:
            yield Fault(where, f"引用“{pack_id}”绕回了自己。", "从 includes 中删去它。")
        elif found is None:
            yield Fault(where, f"没有名为“{pack_id}”的规则包。", "改正编号，或先加入这个文件。")
        elif mistakes := _check(found, (*chain, pack_id)):
            message = f"所引用的规则包“{pack_id}”有 {len(mistakes)} 处错误。"
            yield Fault(where, message, f"先检查并改正 {found.name}。")
        else:
            yield from _faults_of_sharing(bound, _bound_rules(found), where)


def _faults_of_sharing(
    bound: dict[str | None, str], included: dict[str, str], where: tuple[str, int]
) -> Iterator[Fault]:
    """Two packs that bind one rule would give one subject two verdicts."""
    for rule, pack_id in included.items():
        if bound.setdefault(rule, pack_id) != pack_id:
            message = f"规则 {rule} 在“{bound[rule]}”和“{pack_id}”中都设定了。"
            yield Fault(where, message, "只留一处，否则同一对象会有两个结果。")


def _bound_rules(file: Path) -> dict[str, str]:
    """The rules of a sound pack and of what it includes, with the pack that binds each."""
    data = tomllib.loads(file.read_text("utf-8-sig"))
    rules = {entry["rule"]: file.stem for entry in data.get("bindings", [])}
    included = (find_pack(pack_id, file.parent) for pack_id in data.get("includes", []))
    for one in filter(None, included):
        rules |= _bound_rules(one)
    return rules
