"""What a pack says, once it has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance.rules.bindings import Binding


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of a published text, in our words; an empty article is an unknown one."""

    id: str
    article: str
    summary: str
    source: str
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A jurisdiction's measures: clauses, and the rules bound to them.

    An unknown first day (`in_force_from` is None) refuses no day.
    """

    id: str
    version: str
    title: str
    issuer: str
    document: str
    jurisdiction: str
    source: str
    in_force_from: date | None
    in_force_to: date | None
    clauses: Mapping[str, Clause]
    own_bindings: tuple[Binding, ...]
    includes: "tuple[Pack, ...]"

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """Its own and those of the packs it includes, each once though two ways lead to it."""
        included = (binding for pack in self.includes for binding in pack.bindings)
        return tuple({one.rule: one for one in (*self.own_bindings, *included)}.values())

    def is_in_force(self, on: date) -> bool:
        return (self.in_force_from or date.min) <= on <= (self.in_force_to or date.max)

    def find_clause(self, pack: str, clause: str) -> Clause | None:
        """A clause of this pack or of an included one."""
        if pack == self.id:
            return self.clauses.get(clause)
        found = (included.find_clause(pack, clause) for included in self.includes)
        return next((one for one in found if one), None)
