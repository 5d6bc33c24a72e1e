"""What was agreed for stations: heads, money and hours of the projects that run.

A station without a running project has agreed on nothing, which is unknown rather than 0.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from procurement.models import Contract, Project
from stations.figures import as_of, shared
from tenancy.periods import Period, is_active

Values = dict[int, Decimal]


def agreed_heads(stations: Sequence[int], month: Period) -> Values:
    """The heads of the contract year; the project's where the contract names none."""
    on = as_of(month)
    contracts = _contracts(stations, on)
    found: Values = defaultdict(Decimal)
    for project in _active(stations, on):
        contract = contracts.get(project.pk)
        found[project.station_id] += (contract and contract.agreed_heads) or project.agreed_heads
    return dict(found)


def contract_amount(stations: Sequence[int], month: Period) -> Values:
    """What the contracts in force are worth with their supplements."""
    on = as_of(month)
    contracts = _contracts(stations, on)
    found: Values = defaultdict(Decimal)
    for project in _active(stations, on):
        if contract := contracts.get(project.pk):
            found[project.station_id] += contract.amount + (contract.supplement or 0)
    return dict(found)


def min_hours(stations: Sequence[int], month: Period) -> Values:
    """The hours of a year; unknown where one of the station's projects does not name them."""
    hours: dict[int, list[Decimal | None]] = defaultdict(list)
    for project in _active(stations, as_of(month)):
        hours[project.station_id].append(project.min_hours)
    known = {key: [one for one in found if one is not None] for key, found in hours.items()}
    return {key: sum(found, Decimal()) for key, found in known.items() if found == hours[key]}


@shared
def _active(stations: Sequence[int], on: date) -> list[Project]:
    rows = Project.objects.filter(station__in=stations, starts_on__lte=on)
    return [project for project in rows if is_active(project.starts_on, project.years, on)]


@shared
def _contracts(stations: Sequence[int], on: date) -> Mapping[int, Contract]:
    """Those in force by project: at most one each."""
    rows = Contract.objects.filter(
        project__station__in=stations, starts_on__lte=on, ends_on__gte=on
    )
    return {contract.project_id: contract for contract in rows}
