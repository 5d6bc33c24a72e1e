"""Workbooks as strangers make them: odd in form, right in content; and all faults at once."""

from datetime import date, datetime

import openpyxl
import pytest
from django.core.management import call_command
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from jobs.imports import apply, check
from jobs.imports.faults import Count
from jobs.ledgers import registered
from tests.city_workbook import COMMUNITIES, IDENTITY, ROWS
from tests.jobs import workbooks

pytestmark = pytest.mark.django_db

# The heads to the letter, remarks and all.
PRINTED = {
    "社工站": "站点编码*|名称*|镇街代码*|运营模式*(购买服务/直聘/混合)|站点类型(综合站/专业站)|承接机构|地址|面积"
    "|启用日期*|暂停起|暂停止|关闭日期",
    "社工点": "社工点编码*|名称*|社工站编码*|覆盖村居代码(several, `;`)|启用日期*|停用日期",
    "岗位": "岗位编码*|社工站编码*|社工点编码(empty = sits at the station)|岗位类别*(事务性/服务性)|岗位名称"
    "|设置日期*|撤销日期",
    "人员": "人员编码*|姓名*|身份证号|性别|学历|是否社工(是/否, empty = 是)|用工渠道*(购买服务/双百直聘/其他)"
    "|所属机构|入职日期*|离职日期",
    "任职": "人员编码*|岗位编码*|项目编号(where the station has two projects in force)|开始日期*|结束日期"
    "|工作量占比(0–1, empty = 1)",
    "证书": "人员编码*|级别*(助理社会工作师/社会工作师/高级社会工作师)|管理号|取得日期*"
    "|核验状态*(已核验/待核验/未通过)|登记有效期至",
    "项目": "项目编号*|社工站编码*|承接机构*|服务年限*|经费标准(元/名·年)|约定人数*|年度预算*|总额|年度最低工时"
    "|起始日期*",
    "合同": "项目编号*|年度序号*|起始日期*|结束日期*|签订日期|金额*|年度约定人数|中标通知日期|补充金额",
    "督导中心": "名称*|受托机构*|合同起*|合同止*",
    "督导人员": "督导编码*|姓名*|性质*(管理/专职/外聘)|督导中心名称|开始日期*|结束日期",
    "督导安排": "督导编码*|督导对象类型*(社工站/人员)|督导对象编码*|开始日期*|结束日期",
}  # fmt: skip


@pytest.fixture
def book():
    """A right workbook, open for oddities."""
    found = openpyxl.Workbook()
    found.remove(found.active)
    for name, heads in PRINTED.items():
        sheet = found.create_sheet(name)
        for row in (heads.split("|"), *ROWS[name]):
            sheet.append(row)
    return found


@pytest.fixture
def outcome_of(city_book, tmp_path):
    """`outcome_of(book)`: what a check says."""

    def verdict(book):
        book.save(tmp_path / "odd.xlsx")
        return check(tmp_path / "odd.xlsx", city_book.user)

    return verdict


def told(faults):
    return [(fault.sheet, fault.row, fault.column) for fault in faults]


def heads_in_other_spellings(book):
    book["人员"]["A1"] = "人员编码（必填）*"
    book["人员"]["B1"] = "姓名\n＊"
    book["人员"]["C1"] = "身份证号【18位】"
    book["社工站"]["A1"] = "*站点编码"
    book["项目"]["E1"] = "经费标准（元/名·年）"


def hidden_sheets_rows_and_columns(book):
    book["人员"].sheet_state, book["任职"].sheet_state = "hidden", "veryHidden"
    book["岗位"].row_dimensions[3].hidden = True
    book["岗位"].column_dimensions["E"].hidden = True


def formats_without_content(book):
    sheet = book["人员"]
    for row in (*range(4, 300), 1_048_576):
        sheet.cell(row, 9).fill = PatternFill("solid", fgColor="FFFF00")
    sheet.auto_filter.ref, sheet.freeze_panes = "A1:J3", "B2"
    sheet["A1"].comment = Comment("填表", "某人")


def rich_text(book):
    bold = InlineFont(b=True)
    book["社工站"]["B2"] = CellRichText("凤阳", TextBlock(bold, "街"), "社工站")


def dates_with_times(book):
    book["人员"]["I2"] = datetime(2020, 1, 1, 13, 45)
    book["证书"]["D2"].number_format = '[$-804]yyyy"年"m"月"d"日";@'
    book["岗位"]["F2"] = "2020/01/01 00:00:00"
    book["岗位"]["F3"] = "2020-01-01T00:00:00"


def iso_dates(book):
    book.iso_dates = True


def numbers_as_text(book):
    book["项目"]["D2"], book["项目"]["G2"], book["合同"]["B3"] = " 3", "2,400,000.00", "２"


def shares_as_percent(book):
    book["任职"]["F2"].number_format = "0%"
    book["任职"]["F3"] = "50%"


def apostrophes(book):
    book["人员"]["C2"], book["社工站"]["C2"] = f"'{IDENTITY}", "'440105020000"
    book["人员"]["C2"].quotePrefix = True


def blanks(book):
    book["社工站"]["A2"], book["岗位"]["B2"], book["岗位"]["D2"] = "S1\n", "\u00a0S1", "事务性 "
    book["社工点"]["D2"] = "；".join(COMMUNITIES)
    book["人员"].insert_rows(3)
    book["岗位"].insert_cols(1)
    book["人员"].title = " 人员 "


def columns_in_another_order(book):
    book["人员"].move_range("I1:I3", cols=6)
    book["人员"].delete_cols(9)


ODDITIES = [
    heads_in_other_spellings,
    hidden_sheets_rows_and_columns,
    formats_without_content,
    rich_text,
    dates_with_times,
    iso_dates,
    numbers_as_text,
    shares_as_percent,
    apostrophes,
    blanks,
    columns_in_another_order,
]


@pytest.mark.parametrize("spoil", ODDITIES, ids=lambda spoil: spoil.__name__)
def test_what_is_odd_in_form_only_is_read_in_silence(book, outcome_of, spoil):
    spoil(book)

    outcome = outcome_of(book)

    assert (outcome.errors, outcome.warnings) == ([], [])
    assert outcome.counts["人员"] == Count(new=2)
    assert [*outcome.counts] == [*PRINTED]


def test_the_heads_as_they_are_printed_are_accepted(book, outcome_of):
    outcome = outcome_of(book)

    assert (outcome.errors, outcome.warnings) == ([], [])


def test_strings_within_the_cells_are_read(city_book, tmp_path):
    sheets = {name: [heads.split("|"), *ROWS[name]] for name, heads in PRINTED.items()}
    file = workbooks.write(tmp_path / "inline.xlsx", sheets, constant_memory=True)

    assert apply(file, city_book.user).applied


def test_a_row_tells_unknown_codes_beside_unreadable_cells(book, outcome_of):
    book["岗位"]["B2"], book["岗位"]["F2"] = "S9", "某天"

    assert set(told(outcome_of(book).errors)) == {
        ("岗位", 2, "社工站编码"),
        ("岗位", 2, "设置日期"),
    }


def test_a_fault_in_one_sheet_does_not_hide_those_of_others(book, outcome_of):
    book["人员"]["C2"] = "990000199001010034"
    book["任职"]["F2"] = 0.8
    book["岗位"]["A4"], book["岗位"]["F4"], book["任职"]["B4"] = "G2", "某天", "G2"
    book["项目"]["G2"] = "两百万"
    book["合同"]["C3"] = date(2020, 6, 1)
    book["督导人员"]["E3"] = "2020-13-01"
    book["督导安排"]["D3"] = date(2020, 6, 1)

    assert told(outcome_of(book).errors) == [
        ("岗位", 4, "设置日期"),
        ("岗位", 4, "岗位编码"),
        ("人员", 2, "身份证号"),
        ("任职", 3, "工作量占比"),
        ("项目", 2, "年度预算"),
        ("合同", 3, "起始日期"),
        ("督导人员", 3, "开始日期"),
        ("督导安排", 3, "开始日期"),
    ]


def test_a_title_above_the_head_is_told_once(book, outcome_of):
    book["督导中心"].insert_rows(1)
    book["督导中心"]["A1"] = "督导中心一览"
    book["督导中心"].merge_cells("A1:D1")

    outcome = outcome_of(book)

    assert {(fault.row, fault.column) for fault in outcome.errors} == {
        (1, "名称"), (1, "受托机构"), (1, "合同起"), (1, "合同止"),
    }  # fmt: skip
    assert len(outcome.warnings) == 2  # the column nobody knows, and the merged cells


def test_amounts_are_told_in_full(book, outcome_of):
    book["任职"]["F2"] = 1 / 3

    (fault,) = outcome_of(book).errors

    assert "0.333333333333333" in fault.message


def test_the_template_offers_the_words_and_explains_each_column(tmp_path):
    call_command("export_template", "city", "--out", str(tmp_path / "t.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")

    assert book.sheetnames == ["填表说明", *PRINTED]
    for name, ledger in registered().items():
        sheet, columns = book[name], ledger.columns
        assert [cell.value for cell in sheet[1]] == [
            f"{column.head}*" if column.required else column.head for column in columns
        ]
        assert all(cell.comment for cell in sheet[1])
        offered = {rule.formula1 for rule in sheet.data_validations.dataValidation}
        assert {f'"{",".join(column.choices)}"' for column in columns if column.choices} <= offered
