"""What the ledgers say of stations in a month, to the day."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from procurement.models import Contract
from staffing.models import Certificate
from stations import figures
from tenancy.periods import parse_period
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
    SupervisorFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
MARCH = parse_period("2026-03")
FIRST, LAST = MARCH.first, MARCH.last
NEXT, EVE = date(2026, 4, 1), date(2026, 2, 28)


@pytest.fixture
def street(root):
    return AreaFactory(parent=root)


@pytest.fixture
def station(street):
    return StationFactory(street=street)


def place(station, worker=None, **days):
    worker = worker or WorkerFactory(home=station.area.parent)
    return PlacementFactory(post=PostFactory(station=station), worker=worker, **days)


def offered():
    """What the apps with the ledgers of stations offer; those above them are tested there."""
    apps = ("stations.", "staffing.", "procurement.", "supervision.")
    return [one.name for one in figures.registered() if one.name.startswith(apps)]


def value(name, station, month=MARCH):
    """None where nothing is known."""
    return figures.known([name], [station.pk], month)[name].get(station.pk)


def test_a_station_with_empty_ledgers_has_known_zeros_and_no_agreements(station):
    names = offered()
    known = figures.known(names, [station.pk], MARCH)

    agreed = [name for name in names if name.startswith("procurement.")]
    assert len(agreed) == 3
    assert all(known[name] == {} for name in agreed)
    rest = [known[name] for name in names if name not in agreed]
    assert len(rest) == 10
    assert all(one == {station.pk: Decimal(0)} for one in rest)
    assert all(type(one[station.pk]) is Decimal for one in rest)


def test_an_unheard_of_source_and_a_month_to_come_are_unknown(station):
    assert figures.find("casework.never") is None
    assert figures.known(["casework.never"], [station.pk], MARCH) == {"casework.never": {}}
    assert value("stations.points", station, parse_period("2999-01")) is None


def test_a_name_belongs_to_one_reader():
    with pytest.raises(ValueError, match="registered twice"):
        figures.register("stations.points", "", lambda stations, month: {})


def test_points_and_posts_are_those_of_the_last_day(station):
    PointFactory(station=station, opened_on=LAST)
    PointFactory(station=station, opened_on=NEXT)
    PointFactory(station=station, closed_on=LAST)
    PostFactory(station=station, abolished_on=LAST)
    PostFactory(station=station, abolished_on=date(2026, 3, 30))
    PostFactory(station=station, set_on=NEXT)
    place(station)

    assert value("stations.points", station) == 1
    assert value("stations.posts", station) == 2
    assert value("stations.vacant_posts", station) == 1


def test_a_month_that_runs_ends_today(station, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 3, 10))
    place(station, starts_on=date(2026, 3, 10))
    place(station, starts_on=date(2026, 3, 11))

    assert figures.as_of(MARCH) == date(2026, 3, 10)
    assert value("staffing.on_post", station) == 1
    assert value("staffing.joined", station) == 1


def test_a_person_counts_once_and_only_social_workers_do(station, street):
    worker = WorkerFactory(home=street)
    place(station, worker)
    place(station, worker)
    place(station, WorkerFactory(home=street, is_social_worker=False))

    assert value("staffing.on_post", station) == 1


def test_certificates_count_when_verified_and_registered(station, street):
    days = [LAST, None, date(2026, 3, 30)]
    for until in days:
        CertificateFactory(worker=place(station).worker, registered_until=until)
    pending = Certificate.Verification.PENDING
    CertificateFactory(worker=place(station).worker, verification=pending, registered_until=LAST)
    CertificateFactory(worker=place(station).worker, obtained_on=NEXT)
    CertificateFactory(worker=place(station, ends_on=EVE).worker)

    assert value("staffing.certified", station) == 3
    assert value("staffing.registered", station) == 1


@pytest.mark.parametrize(
    ("days", "joined", "left"),
    [
        ({"starts_on": FIRST}, 1, 0),
        ({"starts_on": EVE}, 0, 0),
        ({"starts_on": LAST}, 1, 0),
        ({"starts_on": NEXT}, 0, 0),
        ({"ends_on": EVE}, 0, 1),
        ({"ends_on": date(2026, 2, 27)}, 0, 0),
        ({"ends_on": date(2026, 3, 30)}, 0, 1),
        ({"ends_on": LAST}, 0, 0),
        ({"starts_on": FIRST, "ends_on": FIRST}, 1, 1),
    ],
    ids=str,
)
def test_who_joined_and_who_left(station, days, joined, left):
    place(station, **days)

    assert value("staffing.joined", station) == joined
    assert value("staffing.left", station) == left


def test_the_heads_of_two_months_differ_by_who_joined_and_who_left(station):
    days = [date(2026, 2, 27), EVE, FIRST, date(2026, 3, 15), LAST, NEXT]
    for starts_on, ends_on in product(days, [*days, None]):
        if ends_on is None or starts_on <= ends_on:
            place(station, starts_on=starts_on, ends_on=ends_on)

    before = value("staffing.on_post", station, parse_period("2026-02"))
    joined, left = value("staffing.joined", station), value("staffing.left", station)
    assert before + joined - left == value("staffing.on_post", station)
    assert min(before, joined, left) > 0


def test_who_leaves_the_employer_leaves_the_station(station, street):
    place(station, WorkerFactory(home=street, left_on=date(2026, 3, 30)))
    place(station, WorkerFactory(home=street, hired_on=NEXT))

    assert value("staffing.left", station) == 1
    assert value("staffing.joined", station) == value("staffing.on_post", station) == 0


def test_who_changes_posts_neither_joins_nor_leaves(station, street):
    worker = WorkerFactory(home=street)
    place(station, worker, ends_on=date(2026, 3, 14))
    place(station, worker, starts_on=date(2026, 3, 15))

    assert value("staffing.joined", station) == value("staffing.left", station) == 0


def test_agreements_are_those_of_the_contract_year(station, street):
    operator = OrganisationFactory(area=street)
    project = ProjectFactory(station=station, operator=operator, min_hours=1200)
    ContractFactory(project=project, ends_on=date(2026, 3, 30))
    second = ContractFactory(
        project=project, year_no=2, starts_on=LAST, ends_on=date(2027, 3, 30), amount=100
    )
    ProjectFactory(station=station, operator=operator, starts_on=NEXT)

    assert value("procurement.contract_amount", station) == 100
    assert value("procurement.agreed_heads", station) == 20
    assert value("procurement.min_hours", station) == 1200

    Contract.objects.filter(pk=second.pk).update(agreed_heads=18, supplement=Decimal("0.5"))
    ProjectFactory(station=station, operator=operator, starts_on=FIRST, agreed_heads=2)
    assert value("procurement.contract_amount", station) == Decimal("100.5")
    assert value("procurement.agreed_heads", station) == 20
    assert value("procurement.min_hours", station) is None


def test_a_station_s_supervisor_reaches_its_people_and_an_own_one_the_person(station, street):
    other, gone = StationFactory(street=street), SupervisorFactory(home=street, ends_on=EVE)
    first, _second = place(station).worker, place(station).worker
    here = place(other).worker
    place(other)
    AssignmentFactory(supervisor=SupervisorFactory(home=street), station=station)
    own = SupervisorFactory(home=street)
    for worker in (first, here):
        AssignmentFactory(supervisor=own, station=None, worker=worker)
    AssignmentFactory(supervisor=gone, station=other)
    AssignmentFactory(supervisor=own, station=other, ends_on=EVE)

    assert value("supervision.supervisors", station) == 2
    assert value("supervision.supervised", station) == 2
    assert value("supervision.supervisors", other) == 1
    assert value("supervision.supervised", other) == 1


def test_the_queries_do_not_grow_with_the_stations(street, django_assert_num_queries):
    names = offered()
    stations = [StationFactory(street=street) for _ in range(6)]
    for station in stations:
        worker = place(station).worker
        CertificateFactory(worker=worker)
        AssignmentFactory(supervisor=SupervisorFactory(home=street), station=station)
        project = ProjectFactory(station=station, operator=OrganisationFactory(area=street))
        ContractFactory(project=project, starts_on=FIRST)
    keys = [station.pk for station in stations]

    for some in (keys[:1], keys):
        with django_assert_num_queries(12):
            figures.known(names, some, MARCH)
