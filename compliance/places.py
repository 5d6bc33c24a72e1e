"""Where the subjects of an evaluation stand in the tree, as of its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.findings import Subject, SubjectKind
from compliance.rules.contracts import contract_code
from compliance.rules.shapes import Facts


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
    """The scope's areas by path, and the stations' seats by what belongs to them."""

    def __init__(self, scope: Place, areas: Iterable[Place]) -> None:
        self.scope = scope
        self._by_path = {area.path: area.id for area in areas}
        # Where a city and its only district bear one code, the rules speak of the scope.
        self._paths = {area.code: area.path for area in areas} | {scope.code: scope.path}
        self._seats: dict[tuple[SubjectKind, str], Seat] = {}
        self._above: dict[Seat, list[int]] = {}

    def seat(self, facts: Facts, seats: Mapping[str, Seat]) -> None:
        """Say where the stations stand; whatever belongs to a station stands there too."""
        for station in facts.stations:
            seat = seats[station.code]
            self._above[seat] = list(dict.fromkeys([seat.node, *self.of_path(seat.street)]))
            self._seats[SubjectKind.STATION, station.code] = seat
            for post in station.posts:
                self._seats[SubjectKind.POST, post.code] = seat
            for point in station.points:
                self._seats[SubjectKind.POINT, point.code] = seat
            for placement in station.staff.placements:
                if placement.active(facts.on):  # at the first of several stations
                    self._seats.setdefault((SubjectKind.WORKER, placement.person.code), seat)
        for project in facts.projects:
            self._seats[SubjectKind.PROJECT, project.code] = seats[project.station]
            for contract in project.contracts:
                code = contract_code(project, contract)
                self._seats[SubjectKind.CONTRACT, code] = seats[project.station]

    def all(self) -> list[int]:
        """Every area of the scope, stations' own included."""
        nodes = [seat.node for seat in self._above]
        return list(dict.fromkeys([self.scope.id, *self._by_path.values(), *nodes]))

    def of(self, subject: Subject) -> list[int]:
        """The area of the subject, then those above it up to the scope."""
        if subject.kind is SubjectKind.AREA:
            return self.of_path(self._paths[subject.code])
        return self._above[self._seats[subject.kind, subject.code]]

    def of_path(self, path: str) -> list[int]:
        """The area at the path, then those above it; the scope alone for what lies around it."""
        slugs = path.rstrip("/").split("/")
        above = ("/".join(slugs[:depth]) + "/" for depth in range(len(slugs), 0, -1))
        return [self._by_path[one] for one in above if one in self._by_path] or [self.scope.id]
