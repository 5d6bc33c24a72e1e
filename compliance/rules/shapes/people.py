"""People, their certificates, and where they work from when to when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tenancy.periods import covers, is_active


class CertificateLevel(StrEnum):
    ASSISTANT = "assistant"
    SOCIAL_WORKER = "social_worker"
    SENIOR = "senior"


class Verification(StrEnum):
    VERIFIED = "verified"
    PENDING = "pending"
    REJECTED = "rejected"


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
    """Somebody on the roster; the name is masked."""

    code: str
    certificates: tuple[CertificateFacts, ...] = ()
    name: str = ""
    purchased: bool = True
    is_social_worker: bool = True


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """A person on a post, on the days on which placement, person and post are all there."""

    person: PersonFacts
    starts_on: date
    ends_on: date | None = None
    share: Decimal = Decimal(1)
    project: str = ""

    def active(self, on: date) -> bool:
        return covers(self.starts_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class Term:
    """When one of a station's projects runs."""

    project: str
    starts_on: date
    years: int

    def contains(self, on: date) -> bool:
        return is_active(self.starts_on, self.years, on)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody on a station's posts now and in the year before, and between which projects."""

    placements: tuple[PlacementFacts, ...] = ()
    terms: tuple[Term, ...] = ()
