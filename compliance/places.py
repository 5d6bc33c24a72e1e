"""Where the subjects of an evaluation stand in the tree, as of its day."""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.findings import Subject, SubjectKind


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the scope."""

    id: int
    path: str
    level: str
    code: str
    name: str
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A station's own area as it is today, and the path of the street it sat in on the day."""

    node: int
    street: str


class Places:
    """The scope's areas by path, its stations' seats by project."""

    def __init__(self, scope: Place, areas: Iterable[Place]) -> None:
        self.scope = scope
        self._by_path = {area.path: area.id for area in areas}
        # Where a city and its only district bear one code, the rules speak of the scope.
        self._paths = {area.code: area.path for area in areas} | {scope.code: scope.path}
        self._nodes: list[int] = []
        self._seats: dict[str, Seat] = {}

    def add_station(self, seat: Seat) -> None:
        self._nodes.append(seat.node)

    def add_project(self, number: str, seat: Seat) -> None:
        """Say where a project's station stands."""
        self._seats[number] = seat

    def all(self) -> list[int]:
        """Every area of the scope, stations' own included."""
        return list(dict.fromkeys([self.scope.id, *self._by_path.values(), *self._nodes]))

    def of(self, subject: Subject) -> list[int]:
        """The area of the subject, then those above it up to the scope."""
        if subject.kind is SubjectKind.PROJECT:
            return self.of_project(subject.code)
        return self.of_path(self._paths[subject.code])

    def of_project(self, number: str) -> list[int]:
        seat = self._seats[number]
        return list(dict.fromkeys([seat.node, *self.of_path(seat.street)]))

    def of_path(self, path: str) -> list[int]:
        """The area at the path, then those above it; the scope alone for what lies around it."""
        slugs = path.rstrip("/").split("/")
        above = ("/".join(slugs[:depth]) + "/" for depth in range(len(slugs), 0, -1))
        return [self._by_path[one] for one in above if one in self._by_path] or [self.scope.id]
