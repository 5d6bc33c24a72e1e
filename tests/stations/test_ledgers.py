"""The sheets 社工站, 社工点 and 岗位: what is refused, what is only said."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from stations.models import Point, Post, Station, StationSeat
from tests.city_workbook import AWAY, ELSEWHERE, FOREIGN_COMMUNITY, OLD, STREET
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_station_that_closes_before_it_opens_is_refused(city_book):
    city_book.only("社工站").put("社工站", 1, 关闭日期=OLD - timedelta(days=1))

    assert city_book.errors() == [("社工站", 2, "关闭日期")]


def test_a_station_may_close_on_its_first_day(city_book):
    assert city_book.only("社工站").put("社工站", 1, 关闭日期=OLD).errors() == []


@pytest.mark.parametrize(
    ("start", "end"), [(date(2026, 2, 1), date(2026, 1, 31)), (None, date(2026, 1, 31))]
)
def test_a_suspension_needs_a_start_and_does_not_end_before_it(city_book, start, end):
    city_book.only("社工站").put("社工站", 1, 暂停起=start, 暂停止=end)

    assert city_book.errors() == [("社工站", 2, "暂停止")]


def test_two_open_stations_of_one_name_in_a_street_are_told(city_book):
    twin = ["S3", "凤阳街社工站", STREET, "购买服务", None, None, None, None, OLD]
    city_book.only("社工站").add("社工站", *twin)

    assert city_book.warnings() == [("社工站", 2, "名称"), ("社工站", 4, "名称")]


def test_namesakes_elsewhere_or_closed_are_not_told(city_book):
    elsewhere = ["S3", "凤阳街社工站", AWAY, "购买服务", None, None, None, None, OLD]
    closed = [
        "S4",
        "凤阳街社工站",
        STREET,
        "购买服务",
        None,
        None,
        None,
        None,
        OLD,
        None,
        None,
        OLD,
    ]
    city_book.only("社工站").add("社工站", *elsewhere).add("社工站", *closed)

    assert city_book.warnings() == []


def test_a_namesake_that_is_already_stored_is_told(city_book):
    city_book.only("社工站").apply()
    city_book.rows["社工站"] = [
        ["S3", "凤阳街社工站", STREET, "购买服务", None, None, None, None, OLD]
    ]

    assert city_book.warnings() == [("社工站", 2, "名称")]


def test_another_street_moves_the_station_from_today(city_book):
    city_book.only("社工站").apply()
    today = timezone.localdate()

    city_book.put("社工站", 1, 镇街代码=AWAY).apply()

    station = Station.objects.get(code="S1")
    seats = StationSeat.objects.filter(station=station)
    assert station.street.code == AWAY
    assert seats.in_force(today).get().street.code == AWAY
    assert seats.in_force(today - timedelta(days=1)).get().street.code == STREET


def test_a_community_of_another_street_is_told_and_written(city_book):
    city_book.only("社工站", "社工点").put("社工点", 1, 覆盖村居代码=FOREIGN_COMMUNITY)

    assert city_book.warnings() == [("社工点", 2, "覆盖村居代码")]
    assert city_book.apply().applied
    assert Point.objects.get(code="D1").communities.get().code == FOREIGN_COMMUNITY


def test_a_community_that_does_not_exist_is_refused(city_book):
    city_book.only("社工站", "社工点").put("社工点", 1, 覆盖村居代码="440105020099")

    assert city_book.errors() == [("社工点", 2, "覆盖村居代码")]


def test_a_point_of_another_station_is_refused(city_book):
    city_book.only("社工站", "社工点", "岗位").put("岗位", 2, 社工点编码="D2")

    assert city_book.errors() == [("岗位", 3, "社工点编码")]


def test_an_admin_post_at_a_point_and_a_service_post_at_the_station_are_told(city_book):
    city_book.only("社工站", "社工点", "岗位")
    city_book.put("岗位", 1, 社工点编码="D1").put("岗位", 3, 社工点编码=None)

    assert city_book.warnings() == [("岗位", 2, "社工点编码"), ("岗位", 4, "岗位类别")]


def test_a_point_does_not_leave_its_posts_behind(city_book):
    city_book.only("社工站", "社工点", "岗位").apply()

    city_book.only("社工站", "社工点").put("社工点", 1, 社工站编码="S2")

    assert city_book.errors() == [("社工点", 2, "社工站编码")]


def test_a_point_moves_to_another_station_with_its_posts(city_book):
    city_book.only("社工站", "社工点", "岗位").apply()

    outcome = city_book.put("社工点", 1, 社工站编码="S2").put("岗位", 2, 社工站编码="S2").apply()

    assert outcome.errors == []
    assert Post.objects.get(code="G2").station.code == "S2"
    assert Point.objects.get(code="D1").station.code == "S2"


def test_a_district_imports_its_own_stations_only(city_book, city):
    city_book.only("社工站").put("社工站", 2, 镇街代码=AWAY)
    city_book.user = UserFactory(role="district_authority", area=city["haizhu"])

    assert city_book.errors() == [("社工站", 3, "镇街代码")]
    assert city_book.put("社工站", 2, 镇街代码=ELSEWHERE).apply().applied
