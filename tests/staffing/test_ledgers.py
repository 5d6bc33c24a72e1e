"""The sheets 人员, 任职 and 证书: what one person cannot do, and whose rows they are."""

from datetime import date

import pytest

from staffing.models import Placement, Worker
from tests.city_workbook import AWAY, IDENTITY, OLD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 1)


def test_shares_may_fill_the_whole_person(city_book):
    assert city_book.errors() == []


def test_shares_above_the_whole_person_are_refused_once(city_book):
    city_book.put("任职", 2, 工作量占比=0.51)

    assert city_book.errors() == [("任职", 3, "工作量占比")]


def test_shares_that_only_touch_are_no_overload(city_book):
    city_book.put("任职", 1, 结束日期=date(2025, 12, 31), 工作量占比=1)
    city_book.put("任职", 2, 开始日期=LATER, 工作量占比=1)

    assert city_book.errors() == []


def test_one_common_day_is_an_overload(city_book):
    city_book.put("任职", 1, 结束日期=LATER, 工作量占比=1)
    city_book.put("任职", 2, 开始日期=LATER, 工作量占比=1)

    assert city_book.errors() == [("任职", 3, "工作量占比")]


def test_stored_placements_count_for_the_whole_person(city_book):
    city_book.apply()
    city_book.add("岗位", "G4", "S1", "D1", "服务性", None, OLD)
    city_book.rows["任职"] = [["R1", "G4", None, LATER, None, 0.1]]

    assert city_book.errors() == [("任职", 2, "工作量占比")]


def test_two_placements_on_one_post_do_not_overlap(city_book):
    city_book.put("任职", 1, 工作量占比=0.3).add("任职", "R1", "G1", None, LATER, None, 0.2)

    assert city_book.errors() == [("任职", 5, "开始日期")]


def test_a_placement_that_ends_makes_room_for_the_next(city_book):
    city_book.apply()
    city_book.put("任职", 3, 结束日期=date(2025, 12, 31)).add("任职", "R2", "G3", None, LATER)

    assert city_book.apply().errors == []
    assert Placement.objects.filter(worker__code="R2").count() == 2


def test_a_placement_that_ends_before_it_starts_is_refused(city_book):
    city_book.put("任职", 1, 结束日期=date(2019, 12, 31))

    assert city_book.errors() == [("任职", 2, "结束日期")]


def test_a_project_of_another_station_is_refused(city_book):
    city_book.put("任职", 3, 项目编号="P1")

    assert city_book.errors() == [("任职", 4, "项目编号")]


def test_a_stored_project_of_another_station_is_refused(city_book):
    city_book.apply()
    del city_book.rows["项目"]
    city_book.put("任职", 3, 项目编号="P1")

    assert city_book.errors() == [("任职", 4, "项目编号")]


def test_an_unknown_project_is_refused(city_book):
    city_book.put("任职", 3, 项目编号="P9")

    assert city_book.errors() == [("任职", 4, "项目编号")]


def test_one_identity_number_is_one_person(city_book):
    city_book.put("人员", 2, 身份证号=IDENTITY)

    assert city_book.errors() == [("人员", 3, "身份证号")]


def test_an_identity_number_of_a_stored_person_is_refused(city_book):
    city_book.apply()
    city_book.rows["人员"] = [["R3", "王三", IDENTITY, None, None, None, "其他", None, OLD]]

    assert ("人员", 2, "身份证号") in city_book.errors()


def test_an_empty_cell_means_a_social_worker(city_book):
    city_book.put("人员", 1, 是否社工="否").apply()

    assert dict(Worker.objects.values_list("code", "is_social_worker")) == {
        "R1": False,
        "R2": True,
    }


def test_a_district_imports_the_people_of_its_stations(city_book, city):
    city_book.put("社工站", 2, 镇街代码=AWAY).put("社工点", 2, 覆盖村居代码=None).apply()
    haizhu = UserFactory(role="district_authority", area=city["haizhu"])
    city_book.user = haizhu
    city_book.rows = {"人员": city_book.rows["人员"], "证书": city_book.rows["证书"]}

    assert city_book.errors() == [("人员", 3, "人员编码")]

    del city_book.rows["人员"][1]
    assert city_book.put("证书", 1, 核验状态="待核验").apply().applied


def test_a_new_person_without_a_placement_is_for_the_whole_tenant_to_import(city_book, city):
    city_book.only("社工站", "社工点", "岗位", "人员", "任职", "项目")
    del city_book.rows["任职"][2]
    city_book.user = UserFactory(role="district_authority", area=city["haizhu"])

    assert city_book.errors() == [("人员", 3, "人员编码")]


def test_a_person_placed_by_the_import_is_at_home_in_the_district(city_book, city, root):
    del city_book.rows["任职"][2]
    city_book.apply()

    homes = dict(Worker.objects.values_list("code", "home__code"))
    assert homes == {"R1": city["haizhu"].code, "R2": root.code}
