"""Facts as of a day: whose, where, and in how many queries."""

from datetime import date, timedelta

import pytest

from compliance.facts import load
from compliance.findings import Subject, SubjectKind
from compliance.rules.teams import team_of
from stations.seating import resettle
from tenancy.models import User
from tests.compliance.ledgers import (
    HZ_FY_STARTS,
    YEAR_1,
    bought,
    fengyang,
    haizhu,
    hire,
    staffed,
)
from tests.factories import (
    AreaFactory,
    CertificateFactory,
    PlacementFactory,
    PostFactory,
    StationFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def team(area, on=YEAR_1, project=0):
    return team_of(load(area, on).facts.projects[project], on)


def people(area, on=YEAR_1, project=0):
    return [person.code for person in team(area, on, project).people]


def test_the_project_has_its_people_and_their_certificates(root):
    fengyang(root)

    (project,) = load(root, YEAR_1).facts.projects

    assert (project.code, project.name) == ("440105-2023-01996", "凤阳街道社工站")
    assert (project.starts_on, project.years) == (HZ_FY_STARTS, 3)
    assert sorted(len(person.certificates) for person in team(root).people) == [0] * 10 + [1] * 10


def test_streets_carry_their_district_and_stations_of_every_state(root):
    district, street = haizhu(root)
    StationFactory(street=street, code="B", closed_on=date(2021, 1, 1))
    StationFactory(street=street, code="A", opened_on=date(2099, 1, 1))

    facts = load(root, YEAR_1).facts

    assert [one.code for one in facts.districts] == [district.code]
    assert [(one.code, one.district) for one in facts.streets] == [(street.code, district.code)]
    assert [station.code for station in facts.streets[0].stations] == ["A", "B"]


def test_streets_that_do_not_count_or_are_not_in_force_are_left_out(root):
    AreaFactory(parent=root, counts_for_coverage=False)
    AreaFactory(parent=root, valid_to=YEAR_1 - DAY)
    AreaFactory(parent=root, valid_from=YEAR_1 + DAY)
    last_day = AreaFactory(parent=root, valid_to=YEAR_1)

    assert [street.code for street in load(root, YEAR_1).facts.streets] == [last_day.code]


def test_a_scope_is_a_street_of_its_own_and_no_district_of_itself(root):
    district, street, _station = fengyang(root)

    inside = load(street, YEAR_1).facts

    assert [one.code for one in inside.streets] == [street.code]
    assert load(district, YEAR_1).facts.districts == ()
    assert len(inside.projects) == 1


def test_a_stations_own_scope_has_its_project_and_no_street(root):
    *_, station = fengyang(root)

    facts = load(station.area, YEAR_1).facts

    assert facts.streets == ()
    assert [project.code for project in facts.projects] == ["440105-2023-01996"]


def test_nothing_outside_the_scope_enters(root):
    fengyang(root)
    other = AreaFactory(level="district", parent=root)
    staffed(AreaFactory(parent=other), certified=1, number="P-2")

    facts = load(other, YEAR_1).facts

    assert [project.code for project in facts.projects] == ["P-2"]
    assert len(facts.streets) == 1


def test_a_moved_station_counts_where_it_sat_on_the_day(root):
    _district, street, station = fengyang(root)
    new = AreaFactory(parent=root)
    station.street = new
    resettle([station], YEAR_1, by=User.objects.system(root.tenant_id))

    assert [len(load(area, YEAR_1).facts.projects) for area in (street, new)] == [0, 1]
    assert [len(load(area, YEAR_1 - DAY).facts.projects) for area in (street, new)] == [1, 0]


@pytest.mark.parametrize(
    ("worker", "counts"),
    [
        ({}, True),
        ({"is_social_worker": False}, False),
        ({"channel": "double_hundred"}, False),
        ({"channel": "other"}, False),
        ({"left_on": YEAR_1}, True),
        ({"left_on": YEAR_1 - DAY}, False),
        ({"hired_on": YEAR_1}, True),
        ({"hired_on": YEAR_1 + DAY}, False),
    ],
)
def test_who_counts(root, worker, counts):
    _district, street = haizhu(root)
    post = PostFactory(station=staffed(street))
    person = hire(post, **worker)

    assert people(root) == ([person.code] if counts else [])


@pytest.mark.parametrize(
    ("post", "placement", "counts"),
    [
        ({"abolished_on": YEAR_1}, {}, True),
        ({"abolished_on": YEAR_1 - DAY}, {}, False),
        ({"set_on": YEAR_1 + DAY}, {}, False),
        ({}, {"ends_on": YEAR_1}, True),
        ({}, {"ends_on": YEAR_1 - DAY}, False),
        ({}, {"starts_on": YEAR_1 + DAY}, False),
    ],
)
def test_when_a_placement_counts(root, post, placement, counts):
    station = staffed(haizhu(root)[1])
    PlacementFactory(post=PostFactory(station=station, **post), **placement)

    assert len(people(root)) == counts


def test_people_of_a_suspended_station_still_count(root):
    station = staffed(haizhu(root)[1], certified=1)
    station.suspended_from = YEAR_1
    station.save()

    assert len(people(root)) == 1


def test_a_person_on_two_posts_is_one_person(root):
    station = staffed(haizhu(root)[1])
    person = hire(PostFactory(station=station))
    PlacementFactory(post=PostFactory(station=station), worker=person, share="0.5")

    assert people(root) == [person.code]


def test_of_two_projects_the_placement_must_name_one(root):
    station = staffed(haizhu(root)[1], number="P-1")
    bought(station, "P-2")
    post = PostFactory(station=station)
    named, silent = hire(post, project_code="P-2"), hire(post)

    first, second = team(root), team(root, project=1)

    assert [person.code for person in second.people] == [named.code]
    assert first.people == []
    assert first.unassigned == second.unassigned == (silent.code,)


def test_who_names_an_ended_project_does_not_count_for_its_successor(root):
    station = staffed(haizhu(root)[1], number="P-1", starts_on=date(2019, 1, 1))
    bought(station, "P-2")
    post = PostFactory(station=station)
    hire(post, project_code="P-1")
    silent = hire(post)

    assert people(root) == [silent.code]


@pytest.mark.parametrize(
    ("on", "active"),
    [
        (HZ_FY_STARTS - DAY, 0),
        (HZ_FY_STARTS, 1),
        (date(2026, 5, 31), 1),
        (date(2026, 6, 1), 0),
    ],
)
def test_a_project_is_there_while_it_runs(root, on, active):
    fengyang(root)

    assert len(load(root, on).facts.projects) == active


def test_a_station_left_in_a_closed_street_keeps_its_project_in_the_district(root):
    district, street, station = fengyang(root)
    type(street).objects.filter(pk=street.pk).update(valid_to=YEAR_1 - DAY)

    loaded = load(root, YEAR_1)

    (project,) = loaded.facts.projects
    assert loaded.facts.streets == ()
    assert loaded.places.of(Subject(SubjectKind.PROJECT, project.code, "")) == [
        station.area_id,
        district.pk,
        root.pk,
    ]


def test_the_hash_is_of_the_facts(root):
    _district, _street, station = fengyang(root)
    before = load(root, YEAR_1).inputs_hash

    assert load(root, YEAR_1).inputs_hash == before
    CertificateFactory(worker=WorkerFactory(home=root))
    assert load(root, YEAR_1).inputs_hash == before
    hire(PostFactory(station=station))
    assert load(root, YEAR_1).inputs_hash != before


def test_the_number_of_queries_does_not_grow_with_stations(root, django_assert_num_queries):
    for size in (1, 29):
        for index in range(size):
            staffed(AreaFactory(parent=root), certified=1, number=f"P-{size}-{index}")
        with django_assert_num_queries(18):
            loaded = load(root, YEAR_1)

    assert len(loaded.facts.projects) == 30
    assert all(len(team_of(one, YEAR_1).people) == 1 for one in loaded.facts.projects)
