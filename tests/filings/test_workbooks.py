"""Filling in by workbook: what is taken along, and how what comes back is checked."""

from io import BytesIO

import openpyxl
import pytest

from filings import actions
from filings.cells import Given
from filings.models import MonthlyRecord
from filings.reaching import why_not_fillable
from filings.workbooks.columns import READ, Head
from stations.models import Station
from tests.factories import AreaFactory, StationFactory
from tests.filings.factories import MonthlyRecordFactory, accepted, filed
from tests.filings.workbooks import URL, confirm, line, put, sent, shown, table, taken
from tests.jobs import old


@pytest.fixture
def page(client_of, filer):
    return client_of(filer)


def test_what_is_filled_in_offline_becomes_the_draft(page, record):
    book = taken(page)
    put(book, "opened", 2)
    put(book, "hours", "１６０.5")
    put(book, "highlights", "第一行\n第二行")
    workbook = sent(page, book)
    assert workbook.errors == []
    html = shown(page, workbook)
    assert "确认写入草稿" in html
    assert "已写入 1 份" in confirm(page, workbook)
    row = MonthlyRecord.objects.get(pk=record.pk)
    assert {code: str(value) for code, value in row.figures.items()} == {
        "opened": "2",
        "hours": "160.5",
    }
    assert row.texts == {"highlights": "第一行\n第二行"}


def test_sent_back_untouched_nothing_changes(page, station, record, filer, reviewer):
    before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    accepted(before, filer, reviewer, hours="50")
    cells = {"hours": "120.25", "closed": "", "highlights": "一\n=1+1"}
    given = Given(cells=cells, explanations={"hours-jump": "新增两个小组。"})
    actions.save(record=record, seen=record.version, given=given, by=filer)
    book = taken(page)
    rows = {row[4]: row for row in book["月报"].iter_rows(values_only=True)}
    assert rows["opening"][8:11] == (4, 3, 4)
    assert rows["hours"][9:] == (50, 120.25, "新增两个小组。")
    assert "closing" not in rows
    workbook = sent(page, book)
    assert (workbook.errors, workbook.warnings, workbook.changes) == ([], [], [])
    assert "不需要写入" in shown(page, workbook)


def test_the_same_records_give_the_same_bytes_without_formulas(page, record, filer):
    given = Given(cells={"highlights": "=cmd()"})
    actions.save(record=record, seen=record.version, given=given, by=filer)
    answers = [page.get(f"{URL}blank.xlsx").content for _ in range(2)]
    assert answers[0] == answers[1]
    sheet = openpyxl.load_workbook(BytesIO(answers[0]))["月报"]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:L6"


def test_a_cell_that_is_emptied_is_blank_on_purpose(page, record, filer):
    given = Given(cells={"hours": "120"})
    actions.save(record=record, seen=record.version, given=given, by=filer)
    book = taken(page)
    put(book, "hours", None)
    confirm(page, sent(page, book))
    assert MonthlyRecord.objects.get(pk=record.pk).figures == {"hours": None}


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("opened", "很多", "“很多”不是数字。请只填数字，不要写单位或文字。"),
        ("opened", -1, "-1 太小，最小为 0。请核对后改正。"),
        ("opened", 1.5, "1.5 不是整数。请填整数。"),
        ("hours", 1.234, "1.234 的小数超过 2 位。请保留 2 位小数。"),
        ("hours", 10**12, "1000000000000 太大"),
        ("hours", "=SUM(A1:A2)", "K5 是公式，不能导入。"),
        ("highlights", "字" * 2001, "文字有 2001 个字，最多 2000 个。"),
    ],
)
def test_a_cell_is_refused_as_on_the_page(page, record, code, value, words):
    book = taken(page)
    put(book, code, value)
    [fault] = sent(page, book).errors
    assert words in fault["message"] + fault["remedy"]
    assert fault["column"] == Head.VALUE
    assert book["月报"].cell(fault["row"], 5).value == code


def test_every_fault_is_told_at_once_with_its_row(page, record, station, filer, reviewer):
    sent_before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    filed(sent_before, filer)
    other = AreaFactory(code="440105002000", parent=station.area.parent.parent)
    elsewhere = StationFactory(street=other, code="440105002-01").code
    Station.objects.filter(pk=station.pk).update(opened_on="2026-06-15")
    lines = [
        line(code="unheard_of"),
        line(code="closing"),
        line(),
        line(),
        line(station=elsewhere),
        line(station="nowhere"),
        line(station=""),
        line(month="十月"),
        line(month="2027-01"),
        line(month="2026-03"),
        line(month="2026-08"),
        line(month="2026-09"),
    ]
    workbook = sent(page, table(*lines), "月报.csv")
    assert [(one["row"], one["column"], one["message"]) for one in workbook.errors] == [
        (2, "指标编码", "指标编码“unheard_of”不在月报模板中。"),
        (3, "指标编码", "“期末在办”由系统计算，不能填报。"),
        (5, "指标编码", "与第 4 行重复。"),
        (6, "站点编码", "社工站“440105002-01”不在你的填报范围内。"),
        (7, "站点编码", "社工站“nowhere”不在你的填报范围内。"),
        (8, "站点编码", "没有写站点编码。"),
        (9, "月份", "“十月”不是月份。"),
        (10, "月份", "2027-01 还没有到，不能填报。"),
        (11, "月份", "赤岗街社工服务站于 2026-06-15 启用，2026-03 不需要填报。"),
        (12, "月份", "赤岗街社工服务站没有 2026-08 的月报。"),
        (13, "月份", why_not_fillable(MonthlyRecord.objects.get(pk=sent_before.pk))),
    ]
    assert all(one["remedy"] for one in workbook.errors)
    html = shown(page, workbook)
    assert "有 11 处错误，没有写入任何内容" in html
    assert "确认写入草稿" not in html
    assert "现在不能写入" in confirm(page, workbook)
    assert MonthlyRecord.objects.get(pk=record.pk).version == 1


def test_another_version_of_the_template_is_told_once(page, record):
    old = [line(version="small 0", code=code) for code in ("opened", "closed")]
    [fault] = sent(page, table(*old)).errors
    assert (fault["row"], fault["column"]) == (2, "模板版本")
    assert "模板版本是“small 0”，这份月报用的是“small 1”。同样的共 2 行。" in fault["message"]


def test_heads_are_found_by_name_and_told_where_they_are_wrong(page, record):
    heads = ["本月上报", "备注", *READ[:3], "本月上报"]
    workbook = sent(page, table(["1"] * 6, heads=heads))
    told = [one["message"] for one in workbook.errors]
    assert told == [
        "缺少“指标编码”这一列。",
        "“本月上报”这一列出现了两次。",
        "缺少“说明”这一列。",
    ]
    assert workbook.warnings[0]["message"] == "不认识“备注”这一列，没有读取。"
    turned = [*reversed(READ)]
    workbook = sent(page, table([*reversed(line())], heads=turned))
    assert (workbook.errors, len(workbook.changes)) == ([], 1)


def test_a_workbook_without_the_sheet_says_so(page, record):
    book = openpyxl.Workbook()
    [fault] = sent(page, book).errors
    assert "没有名为“月报”的工作表" in fault["message"]


@pytest.mark.parametrize(
    ("month", "encoding"),
    [
        ("2026-10", "utf-8-sig"),
        ("2026年10月", "gb18030"),
        ("2026/10/1", "gb18030"),
        ("Oct-26", "utf-8"),
        ("２０２６１０", "gb18030"),
    ],
)
def test_plain_text_is_read_with_what_excel_makes_of_months(page, record, month, encoding):
    workbook = sent(page, table(line(month=month), encoding=encoding), "月报.csv")
    assert workbook.errors == []
    assert workbook.changes[0]["cells"] == {"opened": "1"}


def test_an_xls_is_read_too(page, record):
    content = old.workbook("月报", [[*READ], [*line(value=2)], [*line(code="hours", value=160.5)]])
    workbook = sent(page, content, "月报.xls")
    assert workbook.errors == []
    assert workbook.changes[0]["cells"] == {"opened": "2", "hours": "160.5"}


def test_a_sentence_is_kept_for_the_soft_checks_of_its_cell(page, station, record, filer, reviewer):
    before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    accepted(before, filer, reviewer, hours="50")
    book = taken(page)
    put(book, "hours", 160)
    put(book, "opened", 1)
    html = shown(page, sent(page, book))
    assert "工时与上月相差超过一半" in html
    put(book, "hours", "本月新增两个小组。", Head.WHY)
    put(book, "opened", "没有要说的。", Head.WHY)
    workbook = sent(page, book)
    assert [one["message"] for one in workbook.warnings] == [
        "这一项不需要说明，“说明”中的话没有写入。"
    ]
    confirm(page, workbook)
    explained = MonthlyRecord.objects.get(pk=record.pk).explanations
    assert explained == {"hours-jump": "本月新增两个小组。"}
