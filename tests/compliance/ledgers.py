"""Rows for evaluations: places, a station with its project, and people on post."""

from datetime import date

from tests.factories import (
    AreaFactory,
    CertificateFactory,
    OrganisationFactory,
    PlacementFactory,
    PostFactory,
    ProjectFactory,
    StationFactory,
    WorkerFactory,
)

HZ_FY_STARTS = date(2023, 6, 1)
YEAR_1, YEAR_2, YEAR_3 = date(2023, 12, 1), date(2024, 12, 1), date(2025, 12, 1)


def haizhu(root):
    """海珠区 and 凤阳街道 below the city."""
    district = AreaFactory(level="district", code="440105000000", name="海珠区", parent=root)
    return district, AreaFactory(code="440105015000", name="凤阳街道", parent=district)


def staffed(street, *, certified=0, pending=0, without=0, number="440105-2023-01996", **project):
    """A station in the street whose project has these people on post."""
    station = StationFactory(street=street, name=f"{street.name}社工站")
    bought(station, number, **project)
    post = PostFactory(station=station)
    for verification in ["verified"] * certified + ["pending"] * pending + [None] * without:
        hire(post, verification)
    return station


def bought(station, number, *, starts_on=HZ_FY_STARTS, **project):
    """A project of the station."""
    operator = OrganisationFactory(area=station.area.parent)
    return ProjectFactory(
        station=station, operator=operator, number=number, starts_on=starts_on, **project
    )


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
