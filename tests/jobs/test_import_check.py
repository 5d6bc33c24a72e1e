import pytest

from jobs.imports import apply, check
from tenancy.models import Area, Organisation
from tests.factories import OrganisationFactory
from tests.jobs import workbooks
from tests.jobs.bodies import BODIES, FIRST, PLACES, SECOND
from tests.jobs.workbooks import Formula

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry", "street")]


def told(faults):
    return [(fault.sheet, fault.row, fault.column) for fault in faults]


def test_all_errors_are_told_at_once_and_nothing_is_written(book, official):
    file = book(
        机构=[
            [*BODIES, "备注"],
            FIRST,
            [2, "二", "学校", "440105020000"],
            ["J1", "三", None, "440105020000"],
            ["J4", None, None, "440105029999"],
        ],
        村居=[
            PLACES,
            ["440105020000", "440105020001", "一居", "2026-02-30", None],
            ["440105020000", "440105020002", "二居", "2026-03-01", "2026-02-28"],
        ],
    )

    outcome = apply(file, official)

    assert told(outcome.errors) == [
        ("机构", 3, "机构编码"),
        ("机构", 3, "类别"),
        ("机构", 4, "机构编码"),
        ("机构", 5, "名称"),
        ("机构", 5, "镇街代码"),
        ("村居", 2, "启用日期"),
        ("村居", 3, "停用日期"),
    ]
    assert told(outcome.warnings) == [("机构", 1, "备注")]
    assert not outcome.applied
    assert not Organisation.objects.exists()
    assert not Area.objects.filter(level="community").exists()


def test_a_duplicate_names_both_rows(book, official):
    file = book(机构=[BODIES, FIRST, SECOND, FIRST])

    (fault,) = check(file, official).errors

    assert "第 2 行和第 4 行" in fault.message


def test_what_no_two_rows_share_names_both_rows(book, official):
    file = book(机构=[BODIES, FIRST, SECOND, ["J3", *FIRST[1:]]])

    (fault,) = check(file, official).errors

    assert (fault.row, fault.column) == (4, "名称")
    assert "第 2 行和第 4 行" in fault.message


def test_a_stored_row_that_has_it_is_not_named(book, official, foreign_street):
    OrganisationFactory(credit_code="J9", name=FIRST[1], area=foreign_street)

    (fault,) = check(book(机构=[BODIES, SECOND, FIRST]), official).errors

    assert (fault.row, fault.column) == (3, "名称")
    assert fault.message == "名称与已登记的另一行相同。"


def test_an_unknown_code_is_told_with_its_cell(book, official):
    file = book(机构=[BODIES, ["J1", "一", None, "440105029999"]])

    (fault,) = check(file, official).errors

    assert (fault.row, fault.column) == (2, "镇街代码")
    assert "440105029999" in fault.message


def test_an_area_of_another_level_is_unknown(book, official, district):
    file = book(机构=[BODIES, ["J1", "一", None, district.code]])

    assert told(check(file, official).errors) == [("机构", 2, "镇街代码")]


@pytest.mark.parametrize(
    ("head", "place"),
    [
        (["机构编码", "名称", "类别"], ("机构", 1, "镇街代码")),
        (["机构编码", "名称", "类别", "镇街代码", "名称"], ("机构", 1, "名称")),
    ],
)
def test_a_faulty_head_is_told_in_row_one(book, official, head, place):
    file = book(机构=[head, FIRST])

    assert told(check(file, official).errors) == [place]


def test_a_row_with_a_fault_does_not_make_references_to_it_unknown(book, official):
    places = ["镇街代码", "村居代码", "名称", "机构编码"]
    file = book(
        机构=[BODIES, ["J1", None, None, "440105020000"]],
        村居=[places, ["440105020000", "440105020001", "一居", "J1"],
              ["440105020000", "440105020002", "二居", "J9"]],
    )  # fmt: skip

    outcome = check(file, official)

    assert told(outcome.errors) == [("机构", 2, "名称"), ("村居", 3, "机构编码")]


def test_a_code_may_mean_a_row_of_the_same_file_or_a_stored_one(book, official, street):
    OrganisationFactory(credit_code="J2", area=street)
    places = ["镇街代码", "村居代码", "名称", "机构编码"]
    file = book(
        机构=[BODIES, FIRST],
        村居=[places, ["440105020000", "440105020001", "一居", "J1"],
              ["440105020000", "440105020002", "二居", "J2"]],
    )  # fmt: skip

    assert check(file, official).errors == []


def test_checks_see_file_and_database_together(book, official, street):
    for number in (1, 2):
        row = ["440105020000", f"44010502000{number}", "居", None, None]
        assert apply(book(村居=[PLACES, row]), official).ok
    added = [["440105020000", f"44010502000{number}", "居", None, None] for number in (2, 3, 4)]

    (fault,) = check(book(村居=[PLACES, *added]), official).errors

    assert fault.message == "凤阳街道有 4 个村居。"
    assert (fault.row, fault.column) == (4, "村居代码")


def test_a_warning_does_not_stop_the_import(book, official):
    file = book(村居=[PLACES, ["440105020000", "440105020001", "待定居", None, None]])

    outcome = apply(file, official)

    assert told(outcome.warnings) == [("村居", 2, "名称")]
    assert outcome.applied


def test_formulas_and_error_values_are_errors(book, official):
    file = book(机构=[[*BODIES, "合计"], [*FIRST[:3], Formula('="440105020000"'), Formula("=1")]])

    assert told(check(file, official).errors) == [("机构", 2, "镇街代码"), ("机构", 2, "合计")]


def test_merged_cells_are_filled_with_a_warning(tmp_path, official):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "m.xlsx")) as book:
        sheet = book.add_worksheet("机构")
        sheet.write_row(0, 0, BODIES)
        sheet.write_row(1, 0, ["J1", "一", "承接机构"])
        sheet.write_row(2, 0, ["J2", "二", "承接机构"])
        sheet.merge_range("D2:D3", "440105020000")

    outcome = check(tmp_path / "m.xlsx", official)

    assert outcome.errors == []
    assert told(outcome.warnings) == [("机构", 2, "镇街代码")]
    assert outcome.counts["机构"].new == 2


def test_heads_are_read_in_any_order_with_stars_and_remarks(book, official):
    head = ["名称＊", " 镇街 代码（12位）", "机构编码 *"]
    file = book(机构=[head, ["一", "440105020000", "J1"], [None, "  ", None]])

    outcome = check(file, official)

    assert (outcome.errors, outcome.warnings) == ([], [])
    assert outcome.counts["机构"].new == 1


def test_another_sheet_is_left_out_with_a_warning(book, official):
    file = book(填表说明=[["x"]], 机构=[BODIES, FIRST], 草稿=[["x"]])

    assert told(check(file, official).warnings) == [("草稿", 1, "")]


def test_another_workbook_is_the_wrong_template(book, official):
    (fault,) = check(book(花名册=[["姓名"]]), official).errors

    assert (fault.sheet, fault.row, fault.column) == ("", 0, "")
    assert "模板" in fault.message


def test_a_refused_file_is_one_error_with_a_remedy(tmp_path, official):
    file = tmp_path / "old.xlsx"
    file.write_bytes(workbooks.ole("Workbook"))

    (fault,) = check(file, official).errors

    assert "另存为 .xlsx" in fault.remedy


def test_thousands_of_faults_are_cut_with_a_sentence(book, official, monkeypatch):
    monkeypatch.setattr("jobs.imports.faults.MOST_FAULTS", 3)
    file = book(机构=[BODIES, *([f"J{n}", "名", "学校", "440105020000"] for n in range(5))])

    errors = check(file, official).errors

    assert len(errors) == 4
    assert "2" in errors[-1].message
