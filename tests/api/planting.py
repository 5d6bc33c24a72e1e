"""One of everything that the API tells of."""

from datetime import date

from compliance.models import Run
from tests.factories import (
    ContractFactory,
    JobFactory,
    OrganisationFactory,
    PlacementFactory,
    PointFactory,
    ProjectFactory,
    ReportFactory,
    RunFactory,
    RunFindingFactory,
    StationFactory,
)
from tests.filings.factories import MonthlyRecordFactory

NEWEST = date(2026, 1, 1)
KINDS = (
    "areas",
    "stations",
    "points",
    "posts",
    "workers",
    "projects",
    "contracts",
    "monthly-records",
    "findings",
    "runs",
    "reports",
    "jobs",
)


def planted(street, number=1):
    """One more of everything in a street."""
    station = StationFactory(street=street, operator=OrganisationFactory(area=street))
    point = PointFactory(station=station, communities=[street])
    PlacementFactory(post__station=station, post__point=point, worker__employer=station.operator)
    ContractFactory(project=ProjectFactory(station=station, operator=station.operator))
    MonthlyRecordFactory(station=station)
    RunFactory(area=street, on=date(2025, 1, number))
    run = Run.objects.filter(on=NEWEST).first() or RunFactory(area=_top(street), on=NEWEST)
    RunFindingFactory(run=run, place=street, code=f"{number}")
    ReportFactory(area=street, run=run, number=number)
    JobFactory(area=street, kind="evaluate")


def _top(area):
    return _top(area.parent) if area.parent else area
