"""Facts of a day in the past: people of the year before, and a tree that has changed since."""

from datetime import date, timedelta

import pytest

from compliance.facts import load
from compliance.rules.teams import is_purchased, team_of
from stations.seating import resettle
from tenancy.actions.areas import Renewal, merge_area, replace_area
from tenancy.models import User
from tests.compliance.ledgers import HZ_FY_STARTS, YEAR_1, YEAR_2, haizhu, staffed
from tests.factories import (
    AreaFactory,
    CertificateFactory,
    PlacementFactory,
    PointFactory,
    PostFactory,
    StationFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR_1_ENDS = date(2024, 5, 31)
LATER = date(2026, 3, 1)


@pytest.fixture
def by(tenant):
    return User.objects.system(tenant)


def team(area, asked, on=YEAR_2):
    (project,) = load(area, on).facts.projects
    return [person.code for person in team_of(project, asked, is_purchased).people]


@pytest.mark.parametrize(
    ("row", "there"),
    [
        ({}, True),
        ({"ends_on": YEAR_1_ENDS}, True),
        ({"ends_on": YEAR_1_ENDS - DAY}, False),
        ({"starts_on": YEAR_1_ENDS + DAY}, False),
        ({"worker__left_on": YEAR_1_ENDS}, True),
        ({"worker__left_on": YEAR_1_ENDS - DAY}, False),
        ({"worker__hired_on": YEAR_1_ENDS + DAY}, False),
        ({"post__abolished_on": YEAR_1_ENDS}, True),
        ({"post__abolished_on": YEAR_1_ENDS - DAY}, False),
        ({"post__set_on": YEAR_1_ENDS + DAY}, False),
    ],
)
def test_who_was_there_on_the_last_day_of_the_year_before(root, row, there):
    station = staffed(haizhu(root)[1])
    placed = PlacementFactory(**{"post__station": station} | row)

    assert team(root, YEAR_1_ENDS) == ([placed.worker.code] if there else [])


def test_a_whole_year_back_is_known_on_the_years_last_day(root):
    """The day asked is the last of a leap year's project year: 366 days lie between."""
    starts_on = date(2023, 3, 1)
    station = staffed(haizhu(root)[1], starts_on=starts_on)
    gone = PlacementFactory(post__station=station, ends_on=date(2023, 2, 28) + 366 * DAY)

    assert team(root, date(2024, 2, 29), on=date(2025, 2, 28)) == [gone.worker.code]


def test_who_left_earlier_than_any_question_is_not_loaded(root):
    station = staffed(haizhu(root)[1])
    post = PostFactory(station=station)
    before = load(root, YEAR_2).inputs_hash
    PlacementFactory(post=post, ends_on=YEAR_2 - 367 * DAY)
    PlacementFactory(post=post, worker=WorkerFactory(home=root, left_on=YEAR_2 - 367 * DAY))

    assert load(root, YEAR_2).inputs_hash == before


def test_people_carry_their_share_certificates_and_a_masked_name(root):
    station = staffed(haizhu(root)[1])
    worker = WorkerFactory(home=root, name="欧阳明月", is_social_worker=False)
    PlacementFactory(post__station=station, worker=worker, share="0.5")
    CertificateFactory(worker=worker)

    (placement,) = load(root, YEAR_1).facts.stations[0].staff.placements

    assert (placement.person.name, str(placement.share)) == ("欧**月", "0.5000")
    assert not placement.person.is_social_worker
    assert len(placement.person.certificates) == 1


def inside(area, on):
    return [
        community.inside
        for station in load(area, on).facts.stations
        for point in station.points
        for community in point.communities
    ]


def point_in(street, *communities):
    return PointFactory(station=StationFactory(street=street), communities=communities)


def test_a_community_lies_in_its_stations_street_or_does_not(root):
    _district, street = haizhu(root)
    own = AreaFactory(level="community", parent=street, code="440105015001")
    foreign = AreaFactory(level="community", parent=AreaFactory(parent=root), code="440105016001")
    point_in(street, own, foreign)

    assert inside(root, YEAR_1) == [True, False]
    assert inside(street, YEAR_1) == [True, False]


def test_the_street_is_that_of_the_day(root, by):
    """The station moves away from the community that its point covers."""
    street, other = AreaFactory(parent=root), AreaFactory(parent=root)
    point = point_in(street, AreaFactory(level="community", parent=street))
    point.station.street = other
    resettle([point.station], LATER, by=by)

    assert inside(root, LATER - DAY) == [True]
    assert inside(root, LATER) == [False]


def renewed(area, parent, by, name="新名街道", code="440105099000"):
    return replace_area(
        area=area, renewal=Renewal(name=name, code=code, parent=parent), on=LATER, by=by
    )


def test_a_street_that_is_moved_and_renamed_makes_no_fault_of_any_day(root, by):
    district, street = haizhu(root)
    other = AreaFactory(level="district", parent=root)
    point_in(street, AreaFactory(level="community", parent=street))
    renewed(street, other, by)

    assert [inside(root, day) for day in (YEAR_1, LATER - DAY, LATER)] == [[True]] * 3
    assert inside(district, LATER) == []


def test_a_street_that_is_merged_makes_no_fault_and_hides_none(root, by):
    """What lay in another street before they became one is a fault of those days only."""
    district, street = haizhu(root)
    other = AreaFactory(parent=district)
    own = AreaFactory(level="community", parent=street, code="440105015001")
    foreign = AreaFactory(level="community", parent=other, code="440105016001")
    point_in(street, own, foreign)
    merge_area(area=other, into=street, on=LATER, by=by)

    assert inside(root, LATER - DAY) == [True, False]
    assert inside(root, LATER) == [True, True]


def test_a_station_entered_after_its_street_was_renewed_is_at_home_in_the_former_one(root, by):
    district, street = haizhu(root)
    AreaFactory(level="community", parent=street)
    new = renewed(street, district, by)
    point_in(new, new.children.get(level="community"))

    assert inside(root, YEAR_1) == [True]


def test_points_that_are_closed_or_not_yet_open_are_left_to_the_rule(root):
    _district, street = haizhu(root)
    station = StationFactory(street=street)
    PointFactory(station=station, closed_on=YEAR_1)
    PostFactory(station=station, abolished_on=YEAR_1 - DAY)
    PostFactory(station=station, abolished_on=YEAR_1, code="G-LAST")

    (facts,) = load(root, YEAR_1).facts.stations

    assert [point.is_open(YEAR_1) for point in facts.points] == [False]
    assert [post.code for post in facts.posts] == ["G-LAST"]
    assert facts.place == street.path


def test_terms_of_ended_projects_are_known_and_future_ones_are_not(root):
    station = staffed(haizhu(root)[1], number="P-0", starts_on=date(2020, 6, 1))
    staffed_terms = load(root, HZ_FY_STARTS).facts.stations[0].staff.terms

    assert [term.project for term in staffed_terms] == ["P-0"]
    assert load(root, HZ_FY_STARTS).facts.projects == ()
    assert load(station.area, HZ_FY_STARTS - DAY).facts.projects[0].code == "P-0"
