"""The facts that rules look at, as of one day; whoever loads them fills these."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CertificateLevel(StrEnum):
    ASSISTANT = "assistant"
    SOCIAL_WORKER = "social_worker"
    SENIOR = "senior"


class Verification(StrEnum):
    VERIFIED = "verified"
    PENDING = "pending"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class AreaFacts:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StationFacts:
    """Opening and suspension; `closed_on` is the first day closed, suspensions are inclusive."""

    code: str
    opened_on: date | None
    closed_on: date | None = None
    suspended_from: date | None = None
    suspended_to: date | None = None

    def operates(self, on: date) -> bool:
        return (
            self.opened_on is not None
            and self.opened_on <= on
            and not self._closed(on)
            and not self._suspended(on)
        )

    def opens_later(self, on: date) -> bool:
        """In preparation (筹建), with a date ahead on which it is still to be open."""
        return (
            self.opened_on is not None and on < self.opened_on and not self._closed(self.opened_on)
        )

    def _closed(self, on: date) -> bool:
        return self.closed_on is not None and self.closed_on <= on

    def _suspended(self, on: date) -> bool:
        if self.suspended_from is None or on < self.suspended_from:
            return False
        return self.suspended_to is None or on <= self.suspended_to


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """A street that counts for coverage, the district above it, and its stations."""

    code: str
    name: str
    district: str | None
    stations: tuple[StationFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    level: CertificateLevel
    verification: Verification
    obtained_on: date
    registered_until: date | None = None

    def lapsed(self, on: date) -> bool:
        return self.registered_until is not None and self.registered_until < on


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A social worker of the purchased channel on post in a project on the day."""

    code: str
    certificates: tuple[CertificateFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A purchased project and its people.

    `unassigned` are people of its station whose placement names no project while the station
    has two projects in force: nobody can say whose they are.
    """

    code: str
    name: str
    starts_on: date
    years: int
    people: tuple[PersonFacts, ...] = ()
    unassigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a scope on a day.

    `streets` are those in the scope that count, `districts` those strictly inside it.
    """

    on: date
    scope: AreaFacts
    districts: tuple[AreaFacts, ...] = ()
    streets: tuple[StreetFacts, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
