"""Who was counted in the certified share of a place, and as what, from what a run found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from compliance.models import RunFinding
from compliance.tallies import FLOORS
from tenancy.models import Area, User

# Somebody in two projects is told once, as the first of these that they count as.
AS = ("certified", "pending", "uncertified", "unassigned")


@dataclass(frozen=True, slots=True)
class Counted:
    """A person by code, what they count as, and the station of the project."""

    code: str
    counts_as: str
    station: str


def people_counted(run: int, area: Area, user: User) -> list[Counted]:
    """Those at the area and below, by code."""
    rows: Any = RunFinding.objects.visible_to(user).filter(run=run, rule__in=FLOORS)
    found = rows.below(area.path).values_list("place__name", "evidence")
    people = [
        Counted(code, counts_as, station)
        for station, evidence in found
        for _kind, code, counts_as in evidence
    ]
    return _each_once(people)


def _each_once(people: Iterable[Counted]) -> list[Counted]:
    ranked = sorted(people, key=lambda one: (one.code, AS.index(one.counts_as), one.station))
    return list({one.code: one for one in reversed(ranked)}.values())[::-1]
