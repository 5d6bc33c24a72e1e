"""Supervision: the centres, who supervises, and whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tenancy.periods import covers


class SupervisorNature(StrEnum):
    MANAGER = "manager"
    FULL_TIME = "full_time"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """A supervision centre and its contract; both dates inclusive."""

    name: str
    starts_on: date
    ends_on: date

    def in_force(self, on: date) -> bool:
        return covers(self.starts_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class SupervisorFacts:
    """A supervisor, and the name of their centre where they have one."""

    code: str
    nature: SupervisorNature
    starts_on: date
    ends_on: date | None = None
    centre: str = ""

    def active(self, on: date) -> bool:
        return covers(self.starts_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """A supervisor for a station or for a person, on the days on which the supervisor is there."""

    supervisor: str
    starts_on: date
    ends_on: date | None = None
    station: str = ""
    worker: str = ""

    def active(self, on: date) -> bool:
        return covers(self.starts_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A person of the scope who on the day also works at a station outside of it."""

    worker: str
    station: str


@dataclass(frozen=True, slots=True)
class SupervisionFacts:
    centres: tuple[CentreFacts, ...] = ()
    supervisors: tuple[SupervisorFacts, ...] = ()
    assignments: tuple[AssignmentFacts, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
