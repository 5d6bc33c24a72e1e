"""Reads a pack that is known to be sound; what is not is refused with its mistakes."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from compliance.packs.checking import FOLDER, check_pack, find_pack
from compliance.packs.pack import Clause, Pack
from compliance.rules import RULES
from compliance.rules.bindings import Binding, Setting, Severity
from compliance.rules.overrides import Overridable
from tenancy.toml.mistakes import Mistake


class UnknownPack(Exception):
    """No file bears this id."""


class BrokenPack(Exception):
    """The file has mistakes."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        super().__init__(path.name, mistakes)
        self.mistakes = mistakes


def pack_ids() -> list[str]:
    """The packs that are shipped."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def load_pack(pack_id: str, folder: Path = FOLDER) -> Pack:
    """The pack with what it includes."""
    path = find_pack(pack_id, folder)
    if path is None:
        raise UnknownPack(pack_id)
    return read_pack(path)


def read_pack(path: Path) -> Pack:
    """The pack in a file."""
    if mistakes := check_pack(path):
        raise BrokenPack(path, mistakes)
    text = path.read_text("utf-8-sig")  # newlines of any platform become one kind
    data = tomllib.loads(text)
    included = tuple(load_pack(pack_id, path.parent) for pack_id in data.get("includes", []))
    clauses = {clause["id"]: Clause(**clause) for clause in data["clauses"]}
    return Pack(
        id=data["id"],
        title=data["title"],
        issuer=data["issuer"],
        document=data["document"],
        jurisdiction=data["jurisdiction"],
        source=data["source"],
        in_force_from=data.get("in_force_from"),
        in_force_to=data.get("in_force_to"),
        version=f"{data['version']}+{_hash(text, included)}",
        clauses=clauses,
        own_bindings=tuple(
            _binding(entry, data["id"], clauses) for entry in data.get("bindings", [])
        ),
        includes=included,
    )


def _hash(text: str, included: tuple[Pack, ...]) -> str:
    """Short, the same on every machine, and another when an included pack is another."""
    versions = "".join(f"\n{pack.id} {pack.version}" for pack in included)
    return hashlib.sha256((text + versions).encode()).hexdigest()[:8]


def _binding(entry: dict[str, Any], pack_id: str, clauses: dict[str, Clause]) -> Binding:
    rule = RULES[entry["rule"]]
    settings = {}
    for parameter in rule.parameters:
        given = entry["parameters"][parameter.name]
        settings[parameter.name] = Setting(
            parameter.read(given["value"]), Overridable.read(given["override"])
        )
    return Binding(
        rule=rule.id,
        pack=pack_id,
        clause=entry["clause"],
        inferred=clauses[entry["clause"]].inferred,
        severity=Severity(entry.get("severity", rule.severity)),
        settings=settings,
    )
