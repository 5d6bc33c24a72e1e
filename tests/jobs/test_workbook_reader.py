import time
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from jobs.workbook.plain import read_plain
from jobs.workbook.reader import read
from jobs.workbook.refusal import Reason, Refused
from tests.jobs import old, workbooks
from tests.jobs.old import Error, Sum
from tests.jobs.workbooks import Formula


@pytest.fixture
def file(tmp_path):
    return tmp_path / "book.xlsx"


def test_cells_keep_their_kind(file):
    cells = ["𠮷田", 20261005, 0.5, date(2026, 10, 5), True, None, "0012"]
    workbooks.write(file, {"人员": [["表头"], cells]})

    row = read(file, ["人员"]).sheets["人员"].rows[1]

    assert row == ["𠮷田", 20261005, Decimal("0.5"), date(2026, 10, 5), True, None, "0012"]


def test_formulas_and_error_values_are_told_by_position(file):
    workbooks.write(file, {"人员": [["表头", "值"], ["a", Formula("=1+1")]]})
    broken = b'<c r="A3" t="e"><v>#N/A</v></c></row></sheetData>'
    row = b'<row r="3">' + broken
    workbooks.altered(
        file,
        entries={"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</sheetData>", row)},
    )

    sheet = read(file, ["人员"]).sheets["人员"]

    assert sheet.formulas == {(2, 2)}
    assert sheet.faulty == {(3, 1)}


def test_merged_cells_are_filled(file):
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("证书")
        sheet.write_row(0, 0, ["人员编码", "级别"])
        sheet.merge_range("A2:A3", "P1")
        sheet.write_column(1, 1, ["助理社会工作师", "社会工作师"])

    found = read(file, ["证书"]).sheets["证书"]

    assert [row[0] for row in found.rows] == ["人员编码", "P1", "P1"]
    assert found.merged == [(2, 1, 3, 1)]


def test_blank_rows_at_the_end_and_leading_blank_columns_count_for_position(file):
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("证书")
        sheet.write(1, 2, "C2")
        sheet.write_blank(900, 0, None, book.add_format({"bold": True}))

    assert read(file, ["证书"]).sheets["证书"].rows == [[None] * 3, [None, None, "C2"]]


def test_only_the_sheets_asked_for_are_read(file):
    workbooks.write(file, {"填表说明": [["说明"]], "人员": [["姓名"]], "别的": [["x"]]})

    book = read(file, ["人员"])

    assert book.names == ["填表说明", "人员", "别的"]
    assert list(book.sheets) == ["人员"]


def test_an_empty_sheet_has_no_rows(file):
    workbooks.write(file, {"人员": []})

    assert read(file, ["人员"]).sheets["人员"].rows == []


def test_five_thousand_rows_are_read_quickly(file):
    rows = [[f"P{number}", "张三", "2026-10-05", "是"] * 2 for number in range(5_000)]
    workbooks.write(file, {"人员": [["h"] * 8, *rows]})
    began = time.monotonic()

    found = read(file, ["人员"]).sheets["人员"].rows

    assert len(found) == 5_001
    assert time.monotonic() - began < 3


def test_an_xls_is_read_as_any_workbook(tmp_path):
    file = tmp_path / "book.xls"
    rows = [["编码", "数"], ["0012", 160.5], [None, Sum(2)], ["𠮷田", Error(0x07)], ["合"], [None]]
    file.write_bytes(old.workbook("人员", rows, merged=[(4, 5, 0, 0)]))

    book = read(file, ["人员"])

    assert book.names == ["人员"]
    sheet = book.sheets["人员"]
    assert sheet.rows[1] == ["0012", Decimal("160.5")]
    assert sheet.rows[3][0] == "𠮷田"
    assert (sheet.formulas, sheet.faulty) == ({(3, 2)}, {(4, 2)})
    assert sheet.merged == [(5, 1, 6, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_is_read_in_the_encodings_of_excel(encoding):
    sheet = read_plain('编码,说明\r\n0012,"两行\n文字"\r\nA\r\n'.encode(encoding), "月报")

    assert sheet.rows == [["编码", "说明"], ["0012", "两行\n文字"], ["A", None]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("编码".encode("utf-16"), Reason.ENCODING),
        (b"\xff\xff", Reason.ENCODING),
        (b"a\0b", Reason.NOT_A_WORKBOOK),
        (b'"a', Reason.BROKEN),
        (b"," * 200, Reason.TOO_LARGE_SHEET),
        (b"a\n" * 20_002, Reason.TOO_LARGE_SHEET),
    ],
)
def test_plain_text_beyond_the_limits_is_refused(content, reason):
    with pytest.raises(Refused) as refused:
        read_plain(content, "月报")

    assert refused.value.reason is reason
