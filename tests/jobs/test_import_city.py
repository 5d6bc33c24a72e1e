import os

import pytest

from jobs.imports import apply, check
from jobs.imports.faults import Count
from jobs.ledgers import registered
from procurement.models import Project
from staffing.models import Certificate, Placement, Worker
from stations.models import Point, Post, Station
from tenancy.models import Area, Organisation
from tests.factories import AreaFactory, UserFactory
from tests.jobs import city, workbooks
from tests.jobs.workbooks import Formula

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("community")]
MODELS = (Station, Point, Post, Worker, Placement, Certificate, Project, Organisation)


@pytest.fixture
def community(street):
    return AreaFactory(level="community", code=city.COMMUNITY, name="凤阳社区", parent=street)


@pytest.fixture
def save(tmp_path):
    return lambda sheets: workbooks.write(tmp_path / "city.xlsx", sheets)


def told(faults):
    return [(fault.sheet, fault.row, fault.column) for fault in faults]


def test_a_right_workbook_is_written_whole(save, official, community):
    outcome = apply(save(city.sheets()), official)

    assert (outcome.errors, outcome.warnings) == ([], [])
    assert {sheet: count.new for sheet, count in outcome.counts.items()} == {
        "社工站": 1, "社工点": 1, "岗位": 2, "人员": 2, "任职": 2, "证书": 2, "项目": 1,
    }  # fmt: skip
    station = Station.objects.get()
    assert station.area.parent.code == city.STREET
    assert station.operator == Project.objects.get().operator == Organisation.objects.get()
    assert list(Point.objects.get().communities.all()) == [community]
    assert Worker.objects.get(code="R1").identity == city.identity(1)
    assert Worker.objects.get(code="R2").is_social_worker
    assert Placement.objects.get(worker__code="R2").share == 1


def test_the_same_workbook_twice_changes_nothing(save, official):
    apply(save(city.sheets()), official)

    outcome = apply(save(city.sheets()), official)

    assert (outcome.errors, outcome.warnings) == ([], [])
    assert all(count.new == count.changed == 0 for count in outcome.counts.values())
    assert outcome.counts["岗位"] == Count(same=2)


def test_the_sheets_heads_are_those_of_the_contract():
    heads = {
        sheet: [column.head for column in ledger.columns] for sheet, ledger in registered().items()
    }

    assert {sheet: heads[sheet] for sheet in city.HEADS} == city.HEADS


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        ("人员", 2, "身份证号", 990000199001010012),
        ("人员", 2, "身份证号", "990000199001010000"),
        (
            "人员",
            2,
            "身份证号",
            city.identity(1)[:-1] + ("1" if city.identity(1)[-1] != "1" else "2"),
        ),
        ("人员", 2, "入职日期", "2024-02-30"),
        ("人员", 2, "离职日期", "2023-12-31"),
        ("人员", 2, "人员编码", 1),
        ("人员", 2, "用工渠道", "借调"),
        ("人员", 2, "姓名", "  "),
        ("人员", 3, "人员编码", "R1"),
        ("人员", 3, "身份证号", city.identity(1)),
        ("社工站", 2, "镇街代码", "440105029999"),
        ("社工站", 2, "镇街代码", city.COMMUNITY),
        ("社工站", 2, "镇街代码", 440105020000),
        ("社工站", 2, "面积", "一百"),
        ("社工站", 2, "面积", -1),
        ("社工站", 2, "关闭日期", "2023-01-01"),
        ("社工站", 2, "名称", Formula('="站"')),
        ("社工点", 2, "覆盖村居代码", "440105020001;440105029999"),
        ("社工点", 2, "社工站编码", "S9"),
        ("岗位", 3, "社工点编码", "D9"),
        ("岗位", 3, "撤销日期", "2023-01-01"),
        ("任职", 2, "岗位编码", "G9"),
        ("任职", 2, "项目编号", "X9"),
        ("任职", 3, "工作量占比", "1.5"),
        ("任职", 3, "结束日期", "2023-12-31"),
        ("证书", 2, "核验状态", "核验"),
        ("证书", 2, "人员编码", "R9"),
        ("项目", 2, "年度预算", "二百四十万"),
        ("项目", 2, "服务年限", 0),
        ("项目", 2, "约定人数", 0),
        ("项目", 2, "约定人数", "20.5"),
        ("项目", 2, "年度最低工时", -1),
    ],
)
def test_what_is_unreadable_or_impossible_is_an_error_at_its_cell(
    save, official, sheet, row, column, value
):
    outcome = apply(save(city.with_cell(sheet, row, column, value)), official)

    assert (sheet, row, column) in told(outcome.errors)
    assert all(fault.remedy for fault in outcome.errors)
    assert not any(model.objects.exists() for model in MODELS)
    assert not Area.objects.filter(level="station").exists()


def test_the_same_level_twice_is_a_duplicate(save, official):
    outcome = check(save(city.with_cell("证书", 3, "级别", "助理社会工作师")), official)

    (fault,) = outcome.errors

    assert (fault.sheet, fault.row, fault.column) == ("证书", 3, "人员编码")
    assert "第 2 行和第 3 行" in fault.message


def test_one_fault_is_told_once_not_at_all_rows_that_refer_to_it(save, official):
    outcome = check(save(city.with_cell("社工站", 2, "启用日期", "2024-13-01")), official)

    assert told(outcome.errors) == [("社工站", 2, "启用日期")]


def test_shares_of_one_person_above_one_on_a_day(save, official):
    book = city.sheets()
    book["任职"].append(["R1", "G2", None, "2026-01-01", None, "0.5"])

    (fault,) = check(save(book), official).errors

    assert (fault.sheet, fault.row, fault.column) == ("任职", 4, "工作量占比")


def test_shares_count_what_the_database_holds(save, official):
    apply(save(city.sheets()), official)
    placement = ["R1", "G2", None, "2026-01-01", None, "0.5"]

    (fault,) = check(save({"任职": [city.HEADS["任职"], placement]}), official).errors

    assert (fault.row, fault.column) == (2, "工作量占比")


def test_a_placement_that_ends_makes_room_for_the_next(save, official):
    apply(save(city.sheets()), official)
    rows = [["R1", "G1", "X1", "2024-01-01", "2026-06-30", 1],
            ["R1", "G1", "X1", "2026-07-01", None, 1]]  # fmt: skip

    outcome = apply(save({"任职": [city.HEADS["任职"], *rows]}), official)

    assert outcome.errors == []
    assert outcome.counts == {"任职": Count(new=1, changed=1)}


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "place"),
    [
        ("岗位", 2, "社工点编码", "D1", ("岗位", 2, "社工点编码")),
        ("社工点", 2, "覆盖村居代码", "440106001001", ("社工点", 2, "覆盖村居代码")),
    ],
)
def test_what_a_rule_will_find_is_a_warning_and_written(
    save, official, foreign_street, sheet, row, column, value, place
):
    AreaFactory(level="community", code="440106001001", parent=foreign_street)

    outcome = apply(save(city.with_cell(sheet, row, column, value)), official)

    assert outcome.errors == []
    assert told(outcome.warnings) == [place]
    assert outcome.applied


def test_a_district_imports_its_own_city_sheets(save, district_official):
    outcome = apply(save(city.sheets()), district_official)

    assert outcome.errors == []
    assert apply(save(city.sheets()), district_official).counts["人员"] == Count(same=2)


def test_another_district_may_not_touch_one_of_these_rows(save, official, foreign_street):
    apply(save(city.sheets()), official)
    stranger = UserFactory(role="district_authority", area=foreign_street.parent)
    book = city.with_cell("人员", 2, "姓名", "别人")

    outcome = apply(save(book), stranger)

    assert {fault.sheet for fault in outcome.errors} >= {"社工站", "人员", "证书"}
    assert Worker.objects.get(code="R1").name == "王小明"


def test_foreign_rows_look_like_absent_ones(save, official, foreign_street):
    apply(save(city.sheets()), official)
    stranger = UserFactory(role="district_authority", area=foreign_street.parent)
    posts = [["G8", code, None, "事务性", None, "2024-01-01", None] for code in ("S1", "S9")]
    outcome = check(save({"岗位": [city.HEADS["岗位"], posts[0]]}), stranger)
    absent = check(save({"岗位": [city.HEADS["岗位"], posts[1]]}), stranger)

    (one,), (other,) = outcome.errors, absent.errors

    assert (one.message, one.remedy) == (other.message.replace("S9", "S1"), other.remedy)


def spent():
    """Processor time of this process and the ended readers: other work does not count."""
    return sum(os.times()[:4])


@pytest.mark.full
def test_five_thousand_people_are_checked_and_applied_in_time(save, official):
    apply(save(city.sheets()), official)
    file = save({"人员": city.crowd(5_000)["人员"]})
    began = spent()
    assert check(file, official).ok
    checked = spent()
    assert apply(file, official).counts["人员"].new == 5_000
    applied = spent()

    assert checked - began < 3
    assert applied - checked < 15
