"""The sheets 督导中心, 督导人员 and 督导安排."""

from datetime import date

import pytest

from supervision.models import Assignment, SupervisionCentre, Supervisor
from tests.city_workbook import CENTRE, OLD

pytestmark = pytest.mark.django_db


def test_centre_people_and_assignments_are_written(city_book, root):
    city_book.apply()

    centre = SupervisionCentre.objects.get()
    assert (centre.name, centre.area) == (CENTRE, root)
    assert Supervisor.objects.get(code="DD1").centre == centre
    targets = [str(row.target.code) for row in Assignment.objects.order_by("pk")]
    assert targets == ["S1", "S1", "R2"]


def test_the_same_again_changes_nothing(city_book):
    city_book.apply()

    counts = city_book.apply().counts
    assert {(count.new, count.changed) for count in counts.values()} == {(0, 0)}


def test_the_sheet_of_the_centre_may_be_absent(city_book):
    del city_book.rows["督导中心"]
    for number in (1, 2):
        city_book.put("督导人员", number, 督导中心名称=None)

    assert city_book.errors() == []


def test_a_target_is_looked_up_in_the_sheet_of_its_kind(city_book):
    city_book.put("督导安排", 3, 督导对象类型="社工站")

    (fault,) = city_book.check().errors
    assert (fault.sheet, fault.row, fault.column) == ("督导安排", 4, "督导对象编码")
    assert "社工站" in fault.message


def test_an_unknown_kind_of_target_is_told_once(city_book):
    city_book.put("督导安排", 3, 督导对象类型="社工点")

    assert city_book.errors() == [("督导安排", 4, "督导对象类型")]


def test_two_assignments_to_one_target_may_not_share_a_day(city_book):
    city_book.put("督导安排", 2, 开始日期=date(2020, 12, 31))

    assert city_book.errors() == [("督导安排", 3, "开始日期")]


def test_an_assignment_of_a_stored_supervisor_may_not_share_a_day_with_a_stored_one(city_book):
    city_book.apply()
    city_book.rows = {"督导安排": [["DD3", "人员", "R2", date(2020, 6, 1)]]}

    assert city_book.errors() == [("督导安排", 2, "开始日期")]


def test_an_assignment_ends_by_its_key(city_book):
    city_book.apply()
    city_book.put("督导安排", 3, 结束日期=date(2026, 1, 31))

    assert city_book.only("督导安排").apply().applied
    assert Assignment.objects.get(worker__code="R2").ends_on == date(2026, 1, 31)


def test_a_person_and_a_station_of_one_code_are_told_apart(city_book):
    city_book.put("社工站", 1, 站点编码="R2")
    for sheet in ("社工点", "岗位", "项目"):
        city_book.put(sheet, 1, 社工站编码="R2")
    city_book.put("岗位", 2, 社工站编码="R2").put("督导安排", 1, 督导对象编码="R2")
    city_book.put("督导安排", 2, 督导对象编码="R2").put("督导安排", 3, 督导编码="DD2")

    assert city_book.apply().applied
    assert Assignment.objects.filter(worker=None).count() == 2


def test_who_ends_before_they_start_is_refused(city_book):
    city_book.put("督导人员", 3, 结束日期=date(2019, 12, 31))
    city_book.put("督导中心", 1, 合同止=date(2019, 12, 31))

    assert city_book.errors() == [("督导中心", 2, "合同止"), ("督导人员", 4, "结束日期")]


def test_the_first_day_may_be_the_last(city_book):
    assert city_book.put("督导人员", 3, 结束日期=OLD).errors() == []
