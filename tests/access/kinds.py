"""How a row of the access table is written, and what it promises for each role and place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tenancy.models import Area, User
from tenancy.permissions import ROLES, Permission, Role


class Kind(Enum):
    PUBLIC = "anybody"
    OWN = "whoever is signed in"
    LIST = "what the signed-in person may see of many"
    OBJECT = "one object at a place"


class Place(Enum):
    """Where the person holds the office, seen from the object."""

    OWN = "own"
    ABOVE = "above"
    BELOW = "below"
    ELSEWHERE = "elsewhere"
    FOREIGN = "another tenant"

    @property
    def covers(self) -> bool:
        return self in {Place.OWN, Place.ABOVE}


ANSWERS = frozenset({200, 302, 422})


Named = tuple[dict[str, object], dict[str, object]]


def by_pk(made: Any) -> Named:
    return {"pk": made.pk}, {}


def by_code(made: Any) -> Named:
    return {"code": made.code}, {}


def by_query(name: str, attribute: str = "code") -> Callable[[Any], Named]:
    """The object is named by the query, not by the path."""
    return lambda made: ({}, {name: getattr(made, attribute)})


@dataclass(frozen=True)
class Access:
    """Who may use a route with a method.

    `make` puts the object at a street and returns it; `key` names it in path and query. `exists`
    is the verb that makes it exist for somebody (default: its model's view verb). `refused` are
    roles that hold the verb and are turned away with 403 all the same. What `reaches_down` holds
    below its place too, and is known there. What bears `headers` is a program's: it sends JSON.
    """

    kind: Kind
    verb: Permission | None = None
    make: Callable[[Area, User], Any] | None = None
    key: Callable[[Any], Named] = by_pk
    exists: Permission | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: frozenset[int] = ANSWERS
    refused: frozenset[Role] = frozenset()
    reaches_down: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """Where people stand who ask: without an object there is no nearer and farther."""
        return tuple(Place) if self.kind is Kind.OBJECT else (Place.OWN, Place.FOREIGN)

    def expected(self, role: Role, place: Place, exists: Permission | None) -> frozenset[int]:
        """The status codes that are right for a role at a place."""
        verbs = ROLES[role].verbs
        known = place.covers or (self.reaches_down and place is Place.BELOW)
        if self.kind is Kind.OBJECT and not (known and exists in verbs):
            return frozenset({404})
        lower = self.reaches_down and place is Place.BELOW and self.verb != exists
        if lower or (self.verb and self.verb not in verbs) or role in self.refused:
            return frozenset({403})
        return self.answers


def public(**options: Any) -> Access:
    return Access(Kind.PUBLIC, **options)


def own(**options: Any) -> Access:
    return Access(Kind.OWN, **options)


def listed(verb: Permission | None = None, **options: Any) -> Access:
    return Access(Kind.LIST, verb, **options)


def one(verb: Permission | None, make: Callable[[Area, User], Any], **options: Any) -> Access:
    return Access(Kind.OBJECT, verb, make, **options)
