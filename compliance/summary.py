"""The newest figures of many areas at once, for pages that show places beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from compliance.findings import Status
from compliance.models import Tally
from compliance.models.run import URGENCY
from compliance.shares import Share
from tenancy.models import Area, User
from tenancy.periods import twelve_months

STATUSES = tuple(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Heads:
    """People on post, by their shares of work, and how many were agreed on in contracts."""

    present: Decimal
    agreed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What the newest run counted at a place and below; a status is empty where nothing was judged.

    A place's status for a family of rules is the most urgent of its verdicts.
    """

    run_id: int
    on: date
    data_time: datetime
    pack_version: str
    coverage: Share
    coverage_status: str
    certified: Share
    certified_status: str
    people_missing: int
    heads: Heads
    counts: dict[str, int]

    @property
    def status(self) -> str:
        """How the place stands altogether: its most urgent verdict; empty without any."""
        return next((status for status in URGENCY if self.counts[status]), "")

    @property
    def streets_missing(self) -> int:
        return self.coverage.den - self.coverage.num

    @property
    def problems(self) -> int:
        """Verdicts somebody has to look at."""
        return sum(self.counts[status] for status in ("not_met", "no_data", "watch"))


def summaries(areas: Iterable[Area], user: User, on: date | None = None) -> dict[int, Summary]:
    """By area id; an area that no run has reached is missing. One query and the user's paths."""
    visible = Tally.objects.visible_to(user)
    pack = user.tenant.pack if user.tenant else ""
    rows = visible.current(areas, pack, on or timezone.localdate())
    return {row.area_id: summary_of(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Month:
    """What the last run of a month counted at a place."""

    on: date
    coverage: Share
    certified: Share


def months(area: Area, user: User, last: date) -> list[Month]:
    """The year up to the day, the oldest month first; a month without a run is missing."""
    pack = user.tenant.pack if user.tenant else ""
    rows = Tally.objects.visible_to(user).between(area, pack, twelve_months(last)[0], last)
    counted = rows.values_list("run__on", "covered", "streets", "certified", "workers")
    newest = {
        (on.year, on.month): Month(on, Share(covered, streets), Share(certified, workers))
        for on, covered, streets, certified, workers in counted
    }
    return list(newest.values())


def summary_of(row: Tally) -> Summary:
    """The figures of one tally whose run is at hand."""
    return Summary(
        run_id=row.run_id,
        on=row.run.on,
        data_time=row.run.created_at,
        pack_version=row.run.pack_version,
        coverage=Share(row.covered, row.streets),
        coverage_status=_most_urgent(row, "COV-01"),
        certified=Share(row.certified, row.workers),
        certified_status=_most_urgent(row, "CERT-"),
        people_missing=row.people_missing,
        heads=Heads(row.heads_present, row.heads_agreed),
        counts=_counts(row),
    )


def _counts(row: Tally) -> dict[str, int]:
    counts = dict.fromkeys(STATUSES, 0)
    for by_status in row.counts.values():
        for status, number in by_status.items():
            counts[status] += number
    return counts


def _most_urgent(row: Tally, family: str) -> str:
    found = {
        status
        for rule, by_status in row.counts.items()
        if rule.startswith(family)
        for status in by_status
    }
    return next((status for status in URGENCY if status in found), "")
