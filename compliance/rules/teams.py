"""Who works in a project on a day, of those whom a rule counts.

A placement counts for the project that it names. Where it names none, it counts for the station's
only project of the day; with two running, nobody can say whose the person is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from compliance.findings import Evidence, SubjectKind
from compliance.rules.shapes import PersonFacts, PlacementFacts, ProjectFacts

UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Team:
    """Placements in the project, and the codes of people who may or may not belong to it."""

    placements: tuple[PlacementFacts, ...]
    unassigned: tuple[str, ...]

    @property
    def people(self) -> list[PersonFacts]:
        """Each person once, in the order of their codes."""
        found = {placement.person.code: placement.person for placement in self.placements}
        return [found[code] for code in sorted(found)]

    def unassigned_evidence(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(SubjectKind.WORKER, code, UNASSIGNED) for code in self.unassigned)


def is_purchased(person: PersonFacts) -> bool:
    return person.purchased


def is_purchased_social_worker(person: PersonFacts) -> bool:
    return person.purchased and person.is_social_worker


def team_of(
    project: ProjectFacts,
    on: date,
    counts: Callable[[PersonFacts], bool] = is_purchased_social_worker,
) -> Team:
    """The project's team on any day of its term."""
    running = [term.project for term in project.staff.terms if term.contains(on)]
    active = [one for one in project.staff.placements if one.active(on) and counts(one.person)]
    silent = [one for one in active if not one.project]
    mine = [one for one in active if one.project == project.code]
    if running == [project.code]:
        return Team((*mine, *silent), ())
    return Team(tuple(mine), tuple(sorted({one.person.code for one in silent})))
