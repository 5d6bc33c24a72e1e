"""Centres, supervisors and assignments as of a day."""

from datetime import date, timedelta

import pytest

from compliance.assessment import assess
from compliance.facts import load
from compliance.packs import load_pack
from tests.compliance.ledgers import YEAR_1, haizhu, hire
from tests.factories import (
    AreaFactory,
    AssignmentFactory,
    PlacementFactory,
    PostFactory,
    StationFactory,
    SupervisionCentreFactory,
    SupervisorFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def supervised(area, on=YEAR_1):
    """Who is asked for, and by how many assignments."""
    findings = assess(area, on, load_pack("guangzhou-2023")).findings
    return {one.subject.code: one.measured for one in findings if one.rule == "SUP-02"}


def centre(area, on=YEAR_1):
    findings = assess(area, on, load_pack("guangzhou-2023")).findings
    (finding,) = (one for one in findings if one.rule == "SUP-01")
    return finding.status, finding.measured


def test_the_root_has_its_centre_and_a_smaller_scope_is_not_asked(root):
    district, _street = haizhu(root)

    assert centre(root) == ("met", 3)
    assert centre(district) == ("not_applicable", None)


def test_a_root_of_any_level_is_the_whole_tenant(tenant):
    province = AreaFactory(level="province", parent=None)

    assert centre(province) == ("not_met", 0)


def test_what_ended_the_day_before_is_gone(root):
    own = SupervisionCentreFactory(area=root, ends_on=YEAR_1)
    SupervisorFactory(home=root, centre=own, nature="manager", ends_on=YEAR_1)
    SupervisorFactory(home=root, nature="full_time", ends_on=YEAR_1)

    assert centre(root) == ("met", 3)
    assert centre(root, YEAR_1 + DAY) == ("not_met", 0)


@pytest.fixture
def person(root):
    _district, street = haizhu(root)
    return hire(PostFactory(station=StationFactory(street=street)))


@pytest.mark.parametrize(
    ("row", "measured"),
    [
        ({}, 1),
        ({"ends_on": YEAR_1}, 1),
        ({"ends_on": YEAR_1 - DAY}, 0),
        ({"starts_on": YEAR_1 + DAY}, 0),
        ({"supervisor__ends_on": YEAR_1}, 1),
        ({"supervisor__ends_on": YEAR_1 - DAY}, 0),
        ({"supervisor__starts_on": YEAR_1 + DAY}, 0),
    ],
)
def test_an_assignment_to_the_person(root, person, row, measured):
    AssignmentFactory(worker=person, station=None, supervisor__home=root, **row)

    assert supervised(root) == {person.code: measured}


def test_an_assignment_to_the_station(root, person):
    station = person.placements.get().post.station
    AssignmentFactory(station=station, supervisor__home=root)
    AssignmentFactory(station=StationFactory(street=station.street), supervisor__home=root)

    assert supervised(root) == {person.code: 1}


def test_a_station_beyond_the_scope_supervises_too(root, person):
    """The verdict on a person is the same in the street's run and in the city's."""
    other = StationFactory(street=AreaFactory(parent=root))
    PlacementFactory(worker=person, post__station=other, share="0.5")
    AssignmentFactory(station=other, supervisor__home=root)
    street = person.placements.order_by("pk").first().post.station.street

    assert supervised(root) == supervised(street) == {person.code: 1}


def test_a_placement_elsewhere_that_has_ended_does_not(root, person):
    other = StationFactory(street=AreaFactory(parent=root))
    PlacementFactory(worker=person, post__station=other, ends_on=YEAR_1 - DAY)
    AssignmentFactory(station=other, supervisor__home=root)
    street = person.placements.order_by("pk").first().post.station.street

    assert supervised(root) == supervised(street) == {person.code: 0}


def test_a_person_of_several_stations_stands_at_the_first(root, person):
    first = StationFactory(street=AreaFactory(parent=root), code="AA")
    PlacementFactory(worker=person, post__station=first, share="0.5")

    loaded = load(root, YEAR_1)
    findings = assess(root, YEAR_1, load_pack("guangzhou-2023")).findings
    (finding,) = (one for one in findings if one.rule == "SUP-02")

    assert loaded.places.of(finding.subject)[0] == first.area_id


@pytest.mark.parametrize("level", ["root", "street"])
def test_the_number_of_queries_is_constant(root, person, level, django_assert_max_num_queries):
    area = root if level == "root" else person.placements.get().post.station.street
    for _index in range(20):
        AssignmentFactory(station=StationFactory(street=area), supervisor__home=root)

    with django_assert_max_num_queries(21):
        load(area, date(2024, 1, 1))
