"""Stations as leaves of the tree, and the streets they sat in."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from stations.actions import move_station
from stations.models import Post, Station, StationSeat
from stations.news import stations_reseated
from stations.seating import rename, resettle
from tenancy.context import current_tenant_id
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tests.factories import (
    AreaFactory,
    PointFactory,
    PostFactory,
    StationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(root):
    return AreaFactory(parent=root)


@pytest.fixture
def station(street):
    return StationFactory(street=street, code="ZD-1")


def system():
    return User.objects.system(current_tenant_id())


def test_a_station_is_a_leaf_of_its_street_that_never_counts(station, street):
    leaf = Area.objects.get(level=Area.Level.STATION)

    assert leaf.path == f"{street.path}ZD-1/"
    assert (leaf.code, leaf.name, leaf.parent) == ("ZD-1", station.name, street)
    assert not leaf.counts_for_coverage
    assert Station.objects.get().street == street


def test_the_first_seat_has_no_beginning(station, street):
    seat = StationSeat.objects.in_force(date(1999, 1, 1)).get()

    assert (seat.station, seat.street) == (station, street)


def test_a_code_that_a_community_bears_gets_another_path(street):
    community = AreaFactory(level="community", parent=street)

    station = StationFactory(street=street, code=community.code)

    assert station.area.path == f"{street.path}{community.code}-2/"


def test_codes_that_differ_only_in_signs_get_two_paths(street):
    one, other = (StationFactory(street=street, code=code) for code in ("甲/1", "乙/1"))

    assert one.area.path != other.area.path


def test_a_moved_station_keeps_its_past_and_its_offices(station, street, root):
    head = UserFactory(role="station_head", area=station.area)
    station.street = elsewhere = AreaFactory(parent=root)

    assert station.moves
    resettle([station], date(2026, 3, 1), system())

    seats = StationSeat.objects
    assert seats.in_force(date(2026, 2, 28)).get().street == street
    assert seats.in_force(date(2026, 3, 1)).get().street == elsewhere
    assert Station.objects.visible_to(head, Permission.VIEW_STATION).get().street == elsewhere
    assert not Station.objects.below(street.path).exists()
    assert Area.objects.get(path=f"{street.path}ZD-1/").successor == Station.objects.get().area


def test_a_second_move_on_the_same_day_corrects_the_first(station, street, root):
    for _ in range(2):
        station.street = AreaFactory(parent=root)
        resettle([station], date(2026, 3, 1), system())

    assert StationSeat.objects.count() == 2
    assert StationSeat.objects.in_force(date(2026, 3, 1)).get().street == station.street


def test_a_station_may_come_back(station, street, root):
    first = station.area.path
    for home, day in ((AreaFactory(parent=root), 1), (street, 2)):
        station.street = home
        resettle([station], date(2026, 3, day), system())

    assert Station.objects.get().area.path != first
    assert Station.objects.get().street == street


def test_a_renamed_station_renames_its_leaf(station):
    station.name = "新名社工站"

    rename([station])

    assert Area.objects.get(level=Area.Level.STATION).name == "新名社工站"


def test_two_seats_never_share_a_day(station, street):
    with pytest.raises(IntegrityError), transaction.atomic():
        StationSeat.objects.create(station=station, street=street, valid_from=date(2026, 1, 1))


def test_a_post_sits_at_a_point_of_its_own_station(station, street):
    point = PointFactory(station=station)
    PostFactory(station=station, point=point)

    with pytest.raises(IntegrityError), transaction.atomic():
        PostFactory(station=StationFactory(street=street), point=point)
    assert Post.objects.count() == 1


@pytest.fixture
def heard():
    """What is told of reseated stations, with the street that the database names on the day."""
    news = []

    def listen(*, stations, on, by, **_news):
        seats = StationSeat.objects.in_force(on)
        streets = dict(seats.values_list("station_id", "street_id"))
        news.append(([streets[one.pk] for one in stations], on, by))

    stations_reseated.connect(listen)
    yield news
    stations_reseated.disconnect(listen)


def test_apps_above_hear_of_stations_that_sit_in_another_street(root, station, heard):
    by, street = system(), AreaFactory(parent=root)
    station.street = street
    resettle([], date(2026, 3, 1), by)
    resettle([station], date(2026, 3, 1), by)

    assert heard == [([street.pk], date(2026, 3, 1), by)]


def test_who_hears_of_a_move_can_refuse_it(root, station):
    def refuse(**_news):
        raise ValueError("not today")

    stations_reseated.connect(refuse)
    former, street = station.area.parent, AreaFactory(parent=root)
    try:
        with pytest.raises(ValueError, match="not today"):
            move_station(station=station, street=street, on=date(2026, 3, 1), by=system())
    finally:
        stations_reseated.disconnect(refuse)

    assert list(StationSeat.objects.values_list("street_id", flat=True)) == [former.pk]
    assert Station.objects.get().area.parent == former
