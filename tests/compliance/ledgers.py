"""Rows for evaluations: places, a station with its project, and people on post."""

from datetime import date, timedelta

from tenancy.periods import project_year_period
from tests.factories import (
    AreaFactory,
    AssignmentFactory,
    CertificateFactory,
    ContractFactory,
    OrganisationFactory,
    PlacementFactory,
    PointFactory,
    PostFactory,
    ProjectFactory,
    StationFactory,
    SupervisionCentreFactory,
    SupervisorFactory,
    WorkerFactory,
)

HZ_FY_STARTS = date(2023, 6, 1)
YEAR_1, YEAR_2, YEAR_3 = date(2023, 12, 1), date(2024, 12, 1), date(2025, 12, 1)


def haizhu(root):
    """海珠区 and 凤阳街道 below a city with a supervision centre."""
    centre = SupervisionCentreFactory(area=root)
    for nature in ("manager", "full_time"):
        SupervisorFactory(home=root, centre=centre, nature=nature)
    district = AreaFactory(level="district", code="440105000000", name="海珠区", parent=root)
    return district, AreaFactory(code="440105015000", name="凤阳街道", parent=district)


def staffed(street, *, certified=0, pending=0, without=0, number="440105-2023-01996", **project):
    """A station in the street whose project has these people on post, and nothing else amiss.

    Its only service post is where `PostFactory(station=…)` would not put it: at a point.
    """
    station = StationFactory(street=street, name=f"{street.name}社工站")
    bought(station, number, **project)
    PostFactory(station=station, kind="admin")
    point = PointFactory(station=station, communities=[community_of(street)])
    post = PostFactory(station=station, point=point)
    AssignmentFactory(station=station, supervisor__home=street)
    for verification in ["verified"] * certified + ["pending"] * pending + [None] * without:
        hire(post, verification)
    return station


def community_of(street):
    return AreaFactory(level="community", parent=street)


def bought(station, number, *, starts_on=HZ_FY_STARTS, **project):
    """A project of the station with a contract for each of its years."""
    operator = OrganisationFactory(area=station.area.parent)
    given = {"years": 3, "annual_budget": 2_400_000} | project
    total = given["years"] * given["annual_budget"]
    project = ProjectFactory(
        station=station,
        operator=operator,
        number=number,
        starts_on=starts_on,
        **{"total": total} | given,
    )
    for year in range(1, project.years + 1):
        days = project_year_period(starts_on, year)
        ContractFactory(
            project=project,
            year_no=year,
            starts_on=days.first,
            ends_on=days.last,
            noticed_on=starts_on - timedelta(days=30),
            signed_on=starts_on,
        )
    return project


def hire(post, verification=None, *, project_code="", starts_on=date(2020, 1, 1), **worker):
    """Somebody on the post, with a certificate if it says in what state."""
    person = WorkerFactory(home=post.station.area.parent, **worker)
    PlacementFactory(post=post, worker=person, project_code=project_code, starts_on=starts_on)
    if verification:
        CertificateFactory(worker=person, verification=verification)
    return person


def fengyang(root):
    """HZ-FY: 20 people, 10 of them certified."""
    district, street = haizhu(root)
    return district, street, staffed(street, certified=10, without=10)
