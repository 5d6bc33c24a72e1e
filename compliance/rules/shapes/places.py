"""Areas, stations, points and posts."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from compliance.rules.shapes.people import Staff
from compliance.rules.shapes.records import RecordFacts
from tenancy.periods import covers


class PostKind(StrEnum):
    ADMIN = "admin"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class AreaFacts:
    code: str
    name: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post; `point` is empty where it sits at the station. `abolished_on` is its last day."""

    code: str
    name: str
    kind: PostKind
    set_on: date
    abolished_on: date | None = None
    point: str = ""

    def exists(self, on: date) -> bool:
        return covers(self.set_on, self.abolished_on, on)


@dataclass(frozen=True, slots=True)
class CommunityFacts:
    """A community, and whether on the day it lay in the street of the station that covers it."""

    code: str
    inside: bool


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A point of a station; `closed_on` is the first day closed."""

    code: str
    name: str
    opened_on: date
    closed_on: date | None = None
    communities: tuple[CommunityFacts, ...] = ()

    def is_open(self, on: date) -> bool:
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)


@dataclass(frozen=True, slots=True)
class StationFacts:
    """Opening and suspension; `closed_on` is the first day closed, suspensions are inclusive.

    `place` is the path of the street it sat in on the day. `records` are those of the last two
    years, the oldest first.
    """

    code: str
    opened_on: date | None
    closed_on: date | None = None
    suspended_from: date | None = None
    suspended_to: date | None = None
    name: str = ""
    place: str = ""
    posts: tuple[PostFacts, ...] = ()
    points: tuple[PointFacts, ...] = ()
    staff: Staff = Staff()
    records: tuple[RecordFacts, ...] = ()

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
        return self.suspended_from is not None and covers(
            self.suspended_from, self.suspended_to, on
        )


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """A street that counts for coverage, the district above it, and its stations."""

    code: str
    name: str
    district: str | None
    # Shown with the facts' stations, where everything about them is said once.
    stations: tuple[StationFacts, ...] = field(default=(), repr=False)
    path: str = ""
