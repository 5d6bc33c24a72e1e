"""A real workbook with all eleven sheets through the import engine and back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.models import Project
from staffing.models import Certificate, Placement, Worker
from stations.models import Point, Post, Station, StationSeat
from tenancy.areas.loading import sort_name
from tenancy.models import Area, Organisation
from tests.city_workbook import COMMUNITIES, IDENTITY, OLD, OPERATOR, SHEETS, STREET, CityBook

pytestmark = pytest.mark.django_db
MODELS = (Station, Point, Post, Worker, Placement, Certificate, Project, StationSeat)


def counts(outcome):
    return {sheet: (c.new, c.changed, c.same) for sheet, c in outcome.counts.items()}


def test_all_eleven_sheets_are_written(city_book):
    outcome = city_book.apply()

    assert (outcome.errors, outcome.warnings, outcome.applied) == ([], [], True)
    assert counts(outcome) == {
        "社工站": (2, 0, 0),
        "社工点": (2, 0, 0),
        "岗位": (3, 0, 0),
        "人员": (2, 0, 0),
        "任职": (3, 0, 0),
        "证书": (1, 0, 0),
        "项目": (1, 0, 0),
        "合同": (2, 0, 0),
        "督导中心": (1, 0, 0),
        "督导人员": (3, 0, 0),
        "督导安排": (3, 0, 0),
    }


def test_what_was_written_is_what_stood_in_the_file(city_book):
    city_book.apply()

    station, point = Station.objects.get(code="S1"), Point.objects.get(code="D1")
    assert (station.street.code, station.operator.name) == (STREET, OPERATOR)
    assert (station.mode, station.kind, station.area_m2) == ("purchased", "comprehensive", 320)
    assert [*point.communities.order_by("code").values_list("code", flat=True)] == COMMUNITIES
    placement = Placement.objects.get(post__code="G1")
    assert (placement.worker.code, placement.project_code) == ("R1", "P1")
    assert placement.share == Decimal("0.5")
    project = Project.objects.get()
    assert (project.station, project.years, project.agreed_heads) == (station, 3, 20)
    assert (project.annual_budget, project.total, project.min_hours) == (2400000, 7200000, 35244)


def test_one_organisation_is_entered_for_all_its_mentions(city_book):
    city_book.apply()

    assert Organisation.objects.get(name=OPERATOR).kind == Organisation.Kind.OPERATOR
    assert Worker.objects.get(code="R1").employer.name == OPERATOR


def test_a_street_office_that_is_known_employs_its_people(city_book, city):
    office = Organisation.objects.create(
        name="凤阳街道办事处", kind="street_government", area=city[STREET]
    )
    city_book.put("人员", 2, 所属机构=office.name).apply()

    assert Worker.objects.get(code="R2").employer == office


def test_identity_numbers_are_stored_encrypted(city_book):
    city_book.apply()

    with connection.cursor() as cursor:
        cursor.execute("SELECT identity FROM staffing_worker ORDER BY code")
        sealed, empty = (stored for (stored,) in cursor.fetchall())
    assert IDENTITY not in sealed
    assert empty == ""
    worker = Worker.objects.get(code="R1")
    assert (worker.identity, worker.masked_identity) == (IDENTITY, "990************033")


def test_a_second_import_changes_nothing(city_book):
    city_book.apply()

    again = city_book.apply()

    assert {
        sheet: new_changed[:2] for sheet, new_changed in counts(again).items()
    } == dict.fromkeys(SHEETS, (0, 0))
    assert set(Station.objects.values_list("version", flat=True)) == {1}
    assert Area.objects.filter(level=Area.Level.STATION).count() == 2


def test_a_changed_row_counts_a_version(city_book):
    city_book.apply()

    outcome = city_book.put("社工站", 1, 名称="新名社工站").apply()

    assert counts(outcome)["社工站"] == (0, 1, 1)
    station = Station.objects.get(code="S1")
    assert (station.version, station.name, station.area.name) == (2, "新名社工站", "新名社工站")
    assert station.sort_name == station.area.sort_name == sort_name("新名社工站")


def test_a_broken_workbook_names_all_faults_and_leaves_nothing(city_book):
    city_book.put("社工站", 1, 镇街代码="440105999000").put("社工站", 2, 启用日期="2020-02-30")
    city_book.put("社工点", 1, 覆盖村居代码="440105020099")
    city_book.put("人员", 2, 离职日期=date(2019, 1, 1))
    city_book.put("人员", 1, 身份证号="990000199001010034").put("任职", 3, 岗位编码="G9")
    city_book.put("证书", 1, 级别="高级").put("项目", 1, 年度预算="两百四十万")

    outcome = city_book.apply()

    found = {(fault.sheet, fault.column) for fault in outcome.errors}
    assert {
        ("社工站", "镇街代码"),
        ("社工站", "启用日期"),
        ("社工点", "覆盖村居代码"),
        ("人员", "离职日期"),
        ("人员", "身份证号"),
        ("任职", "岗位编码"),
        ("证书", "级别"),
        ("项目", "年度预算"),
    } <= found
    assert not outcome.applied
    assert [model for model in MODELS if model.objects.exists()] == []
    assert not Organisation.objects.exists()


def test_a_row_tells_all_its_faults_even_where_it_refers_to_a_broken_one(city_book):
    city_book.put("社工站", 1, 启用日期="2020-02-30").put("岗位", 2, 撤销日期=date(2019, 1, 1))
    city_book.put("岗位", 3, 撤销日期=date(2019, 1, 1), 岗位类别="其他")

    assert city_book.errors() == [
        ("社工站", 2, "启用日期"),
        ("岗位", 3, "撤销日期"),
        ("岗位", 4, "岗位类别"),
        ("岗位", 4, "撤销日期"),
    ]


def test_a_period_is_checked_against_the_stored_row_too(city_book):
    city_book.only("社工站").put("社工站", 1, 暂停起=date(2026, 2, 1)).apply()
    row = city_book.rows["社工站"][0]
    city_book.heads["社工站"] = ["站点编码", "名称", "镇街代码", "运营模式", "启用日期", "暂停止"]
    city_book.rows["社工站"] = [[*row[:4], OLD, date(2026, 1, 31)]]

    assert city_book.errors() == [("社工站", 2, "暂停止")]


def test_a_file_may_name_some_sheets_only(city_book, tmp_path):
    city_book.apply()
    later = CityBook(tmp_path, city_book.user).only("证书")

    outcome = later.put("证书", 1, 核验状态="未通过").apply()

    assert counts(outcome) == {"证书": (0, 1, 0)}
    assert Certificate.objects.get().verification == "rejected"
    assert Certificate.objects.get().obtained_on == OLD


def grown(book, copies):
    """Copies of the first row of each sheet that has codes of its own, none made before."""
    for sheet in ("社工站", "社工点", "岗位", "人员", "项目", "督导中心", "督导人员"):
        code, *cells = book.rows[sheet][0]
        made = len(book.rows[sheet])
        book.rows[sheet] += [[f"{code}-{made + n}", *cells] for n in range(copies)]
    for row in book.rows["人员"][2:]:
        row[2] = None
    _grow_what_refers(book, copies)
    return book


def _grow_what_refers(book, copies):
    """A contract of each project and an assignment of each supervisor that was made."""
    contract, assignment = book.rows["合同"][0], book.rows["督导安排"][0]
    book.rows["合同"] += [[one[0], *contract[1:]] for one in book.rows["项目"][-copies:]]
    book.rows["督导安排"] += [[one[0], *assignment[1:]] for one in book.rows["督导人员"][-copies:]]


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        assert act().ok
    return len(captured)


@pytest.mark.full
def test_the_number_of_queries_does_not_grow_with_the_rows(city_book):
    city_book.check()
    assert queries(grown(city_book, 3).check) == queries(grown(city_book, 60).check)

    city_book.apply()
    assert queries(grown(city_book, 3).apply) == queries(grown(city_book, 60).apply)
