"""Projects of stations with their contracts, and the terms between which their people divide."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.models import OpeningFigure
from compliance.rules.shapes import (
    ContractFacts,
    OpeningFacts,
    ProjectFacts,
    StationFacts,
    Term,
)
from procurement.models import Contract, Project

CONTRACT = (
    *("year_no", "starts_on", "ends_on", "amount"),
    *("supplement", "agreed_heads", "signed_on", "noticed_on"),
)
PROJECT = ("agreed_heads", "annual_budget", "total", "price_claimed", "min_hours")


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    station: int
    term: Term
    figures: list[Any]


class Projects:
    """All projects of the stations that have begun; facts are made of those that run."""

    def __init__(self, stations: Iterable[int], on: date) -> None:
        rows = Project.objects.filter(station__id__among=stations, starts_on__lte=on)
        found = rows.order_by("number").values_list(
            "pk", "station_id", "number", "starts_on", "years", *PROJECT
        )
        self._rows = [
            _Row(key, station, Term(number, starts_on, years), figures)
            for key, station, number, starts_on, years, *figures in found
        ]
        self._active = [row for row in self._rows if row.term.contains(on)]
        keys = [row.id for row in self._active]
        self._contracts, self._openings = _contracts(keys), _openings(keys)

    def terms(self) -> dict[int, list[Term]]:
        """By station, those that have ended too: they tell whose people were whose."""
        found = defaultdict(list)
        for row in self._rows:
            found[row.station].append(row.term)
        return found

    def facts(self, stations: dict[int, StationFacts]) -> Iterable[ProjectFacts]:
        """Those that run, in the order of their numbers."""
        for row in self._active:
            station, term = stations[row.station], row.term
            yield ProjectFacts(
                *(term.project, station.name, station.code, station.place),
                *(term.starts_on, term.years),
                **dict(zip(PROJECT, row.figures, strict=True)),
                contracts=tuple(self._contracts[row.id]),
                openings=tuple(self._openings[row.id]),
                staff=station.staff,
                records=station.records,
            )


def _contracts(projects: list[int]) -> dict[int, list[ContractFacts]]:
    rows = Contract.objects.filter(project__id__among=projects).order_by("starts_on")
    found = defaultdict(list)
    for project, *facts in rows.values_list("project_id", *CONTRACT):
        found[project].append(ContractFacts(*facts))
    return found


def _openings(projects: list[int]) -> dict[int, list[OpeningFacts]]:
    rows = OpeningFigure.objects.filter(project__id__among=projects).order_by("year")
    found = defaultdict(list)
    for project, *facts in rows.values_list("project_id", "year", "certified", "workers"):
        found[project].append(OpeningFacts(*facts))
    return found
