"""A tree filled with stations, set-wise and without a workbook: what the rules are timed on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import cpu_count, get_context
from typing import TypeVar

from django.db import connections
from django.db.models import Model
from django.utils import timezone

from bench import monthly
from bench.place import analyze
from procurement.models import Contract, Project
from staffing.models import Certificate, Placement, Worker
from stations.models import Point, PointCommunity, Post, Station
from stations.seating import settle
from supervision.models import Assignment, SupervisionCentre, Supervisor
from tenancy.context import tenant_context
from tenancy.models import Area, Organisation, Tenant
from tenancy.periods import anniversary, project_year_period

Row = TypeVar("Row", bound=Model)
WORKERS, CERTIFIED, POINTS, YEARS, PRICE = 17, 13, 2, 3, 120_000
SUPERVISED = 10  # stations a supervisor
CHUNK, BATCH = 500, 2000
TODAY = timezone.localdate()
BEGAN = TODAY - timedelta(days=100)  # the first day of every project's current year
LONG_AGO = TODAY - timedelta(days=1500)


@dataclass(frozen=True)
class _Site:
    """A station to be, with the number that its codes are made of."""

    station: Station
    number: int

    @property
    def year(self) -> int:
        """The project's year today: the first, second and third in turn."""
        return 1 + self.number % YEARS

    @property
    def starts_on(self) -> date:
        return anniversary(BEGAN, 1 - self.year)


def fill(tenant: Tenant, stations: int) -> None:
    """So many stations on the counting streets in turn, all of them in order.

    In as many processes as the machine has processors: the country has three million rows.
    """
    with tenant_context(tenant.pk):
        root, streets = tenant.root(), list(Area.objects.counted().order_by("code"))
        operator = Organisation.objects.create(name="operator", kind="operator", area=root)
        supervisors = _supervisors(root, stations)
    sites = [_site(streets[n % len(streets)], n, operator) for n in range(stations)]
    parts = [sites[first : first + CHUNK] for first in range(0, stations, CHUNK)]
    connections.close_all()
    with get_context("fork").Pool(cpu_count()) as pool:
        pool.starmap(_fill_some, [(tenant.pk, part, supervisors) for part in parts], chunksize=1)
    monthly.report(tenant, stations)
    analyze()


def _fill_some(tenant_id: int, sites: Sequence[_Site], supervisors: Sequence[Supervisor]) -> None:
    with tenant_context(tenant_id):
        settle([site.station for site in sites])
        _staff(sites, _posts(sites))
        _buy(sites, supervisors)
    connections.close_all()


def _store(rows: Iterable[Row]) -> list[Row]:
    made = list(rows)
    stored: list[Row] = type(made[0])._default_manager.bulk_create(made, BATCH)
    return stored


def _supervisors(root: Area, stations: int) -> list[Supervisor]:
    """One manager, and enough supervisors."""
    body = Organisation.objects.create(name="centre", kind="supervision_centre", area=root)
    ends_on = TODAY + timedelta(days=400)
    centre = SupervisionCentre.objects.create(
        name="centre", organisation=body, area=root, starts_on=LONG_AGO, ends_on=ends_on
    )
    known = {"name": "supervisor", "centre": centre, "starts_on": LONG_AGO, "home": root}
    natures = ["manager"] + ["full_time"] * (stations // SUPERVISED + 1)
    return _store(Supervisor(code=f"S{n}", nature=one, **known) for n, one in enumerate(natures))


def _site(street: Area, number: int, operator: Organisation) -> _Site:
    station = Station(
        code=f"Z{number}",
        name=f"station {number}",
        mode=Station.Mode.PURCHASED,
        operator=operator,
        opened_on=LONG_AGO,
    )
    station.street = street
    return _Site(station, number)


def _posts(sites: Sequence[_Site]) -> list[Post]:
    """One administrative post at the station, the others at its points in turn."""
    points = _store(
        Point(code=f"Z{s.number}D{n}", name="point", station=s.station, opened_on=LONG_AGO)
        for s in sites
        for n in range(POINTS)
    )
    communities = _store(_community(point) for point in points)
    pairs = zip(points, communities, strict=True)
    _store(PointCommunity(point=point, community=community) for point, community in pairs)
    return _store(
        Post(
            code=f"Z{site.number}G{n}",
            station=site.station,
            point=points[POINTS * place + n % POINTS] if n else None,
            kind=Post.Kind.SERVICE if n else Post.Kind.ADMIN,
            set_on=LONG_AGO,
        )
        for place, site in enumerate(sites)
        for n in range(WORKERS)
    )


def _community(point: Point) -> Area:
    street = point.station.street
    return Area(
        parent=street,
        level=Area.Level.COMMUNITY,
        code=point.code,
        name="community",
        path=f"{street.path}{point.code}/",
    )


def _staff(sites: Sequence[_Site], posts: Sequence[Post]) -> None:
    """Somebody on each post; the last certificate is of the project's current year."""
    owners = [(site, n) for site in sites for n in range(WORKERS)]
    workers = _store(_worker(site, n) for site, n in owners)
    _store(
        Placement(worker=worker, post=post, starts_on=worker.hired_on)
        for worker, post in zip(workers, posts, strict=True)
    )
    _store(
        Certificate(
            worker=worker,
            level=Certificate.Level.ASSISTANT,
            obtained_on=BEGAN + timedelta(days=30) if n == CERTIFIED - 1 else LONG_AGO,
            verification=Certificate.Verification.VERIFIED,
        )
        for worker, (_site, n) in zip(workers, owners, strict=True)
        if n < CERTIFIED
    )


def _worker(site: _Site, number: int) -> Worker:
    return Worker(
        code=f"Z{site.number}R{number}",
        name="某人",
        channel=Worker.Channel.PURCHASED,
        employer=site.station.operator,
        hired_on=site.starts_on,
        home=site.station.street,
    )


def _buy(sites: Sequence[_Site], supervisors: Sequence[Supervisor]) -> None:
    """A project with its contracts so far, and supervision."""
    projects = _store(_project(site) for site in sites)
    _store(
        contract
        for site, project in zip(sites, projects, strict=True)
        for contract in _contracts(site, project)
    )
    _store(
        Assignment(
            supervisor=supervisors[1 + site.number // SUPERVISED],
            station=site.station,
            starts_on=site.starts_on,
        )
        for site in sites
    )


def _project(site: _Site) -> Project:
    return Project(
        number=f"P{site.number}",
        station=site.station,
        operator=site.station.operator,
        years=YEARS,
        price_claimed=PRICE,
        agreed_heads=WORKERS,
        annual_budget=WORKERS * PRICE,
        total=WORKERS * PRICE * YEARS,
        min_hours=monthly.A_YEAR,
        starts_on=site.starts_on,
    )


def _contracts(site: _Site, project: Project) -> Iterator[Contract]:
    for year in range(1, site.year + 1):
        period = project_year_period(project.starts_on, year)
        yield Contract(
            project=project,
            year_no=year,
            starts_on=period.first,
            ends_on=period.last,
            signed_on=period.first - timedelta(days=70),
            noticed_on=period.first - timedelta(days=90),
            amount=project.annual_budget,
        )
