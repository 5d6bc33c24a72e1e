"""Purchased projects and their yearly contracts."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from compliance.rules.shapes.people import Staff
from compliance.rules.shapes.records import RecordFacts
from tenancy.periods import covers


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract year; both dates inclusive."""

    year_no: int
    starts_on: date
    ends_on: date
    amount: Decimal
    supplement: Decimal | None = None
    agreed_heads: int | None = None
    signed_on: date | None = None
    noticed_on: date | None = None

    def in_force(self, on: date) -> bool:
        return covers(self.starts_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """An attested share on the last day of a project year before the ledgers begin."""

    year: int
    certified: int
    workers: int


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A purchased project; `place` is the path of the street its station sat in on the day.

    Contracts stand in the order of their starts.
    """

    code: str
    name: str
    station: str
    place: str
    starts_on: date
    years: int
    agreed_heads: int
    annual_budget: Decimal
    total: Decimal | None = None
    price_claimed: Decimal | None = None
    min_hours: Decimal | None = None
    contracts: tuple[ContractFacts, ...] = ()
    openings: tuple[OpeningFacts, ...] = ()
    # Shown with the station, whose other projects share them.
    staff: Staff = field(default=Staff(), repr=False)
    records: tuple[RecordFacts, ...] = field(default=(), repr=False)
