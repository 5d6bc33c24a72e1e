import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.workbook.cells import CellFault, clean, parse
from jobs.workbook.columns import Column, Kind

VALID_IDENTITY = "11010519491231002X"
MODES = {"购买服务": "purchased", "直聘": "direct"}


def column(kind, **options):
    if kind in (Kind.AREA, Kind.AREAS):
        options.setdefault("area_level", "street")
    return Column("列", "field", kind, **options)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (" 张　三 ", "张 三"),
        ("１２３Ａｂ", "123Ab"),
        ("凤阳街社工站（试点）", "凤阳街社工站（试点）"),
        ("a\u202eb\u200b\x07c", "ab c"),
        ("𠮷\U00031350\ufa11", "𠮷\U00031350\ufa11"),
        (120, "120"),
        (date(2026, 10, 5), "2026-10-05"),
    ],
)
def test_text_is_repaired(raw, value):
    assert parse(raw, column(Kind.TEXT)) == value


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_and_leaves_no_hidden_marks(text):
    once = clean(text)

    assert clean(once) == once
    assert not any(unicodedata.category(mark) in ("Cc", "Cf", "Cs") for mark in once)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-10-05",
        "2026-10-5",
        "2026/10/5",
        "2026.10.5",
        "2026年10月5日",
        "2026 年 10 月 5 日",
        "20261005",
        20261005,
        "２０２６－１０－０５",
        "2026-10-05 00:00:00",
        date(2026, 10, 5),
    ],
)
def test_a_date_is_read_in_many_spellings(raw):
    assert parse(raw, column(Kind.DATE)) == date(2026, 10, 5)


@pytest.mark.parametrize(
    "raw",
    ["2024-02-30", "2026.13.1", "20260230", "26-10-05", "2026-10", "五月", 46300, Decimal("0.5"),
     "1899-12-31", "2101-01-01", True, date(1899, 12, 31)],
)  # fmt: skip
def test_an_impossible_date_is_a_fault(raw):
    with pytest.raises(CellFault) as fault:
        parse(raw, column(Kind.DATE))

    assert fault.value.message.endswith("。")
    assert fault.value.remedy.endswith("。")


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.MONEY, "2,400,000", Decimal("2400000.00")),
        (Kind.MONEY, "２４００００．５", Decimal("240000.50")),
        (Kind.MONEY, 120000, Decimal("120000.00")),
        (Kind.MONEY, Decimal("0.30000000000000004"), Decimal("0.30")),
        (Kind.INTEGER, "20", 20),
        (Kind.INTEGER, Decimal("20.0"), 20),
        (Kind.SHARE, "0.5", Decimal("0.5")),
        (Kind.SHARE, 1, Decimal(1)),
        (Kind.SHARE, "50%", Decimal("0.5")),
        (Kind.DECIMAL, "80.25", Decimal("80.25")),
        (Kind.CHOICE, " 购买服务 ", "purchased"),
        (Kind.YES_NO, "否", False),
        (Kind.YES_NO, True, True),
        (Kind.CODE, " ａ0１ ", "a01"),
        (Kind.AREA, "440105020000", "440105020000"),
        (Kind.AREAS, "440105020001；440105020002; 440105020001;", ["440105020001", "440105020002"]),
        (Kind.IDENTITY, VALID_IDENTITY, VALID_IDENTITY),
        (Kind.IDENTITY, " １１０１０５ 19491231 002ｘ ", VALID_IDENTITY),
    ],
)
def test_a_cell_is_read(kind, raw, value):
    options = {"choices": MODES} if kind is Kind.CHOICE else {}

    assert parse(raw, column(kind, **options)) == value


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        (Kind.MONEY, "二十万", "不是数字"),
        (Kind.MONEY, "20万", "不是数字"),
        (Kind.MONEY, "1,20", "不是数字"),
        (Kind.MONEY, "1e5", "不是数字"),
        (Kind.MONEY, "nan", "不是数字"),
        (Kind.MONEY, date(2026, 1, 1), "不是数字"),
        (Kind.MONEY, "-1", "小于 0"),
        (Kind.MONEY, "1.005", "小数超过"),
        (Kind.MONEY, "9" * 30, "太大"),
        (Kind.INTEGER, "1.5", "不是整数"),
        (Kind.SHARE, "1.01", "占比"),
        (Kind.SHARE, "0", "占比"),
        (Kind.SHARE, "101%", "占比"),
        (Kind.YES_NO, "对", "“是”或“否”"),
        (Kind.CODE, 12, "数字"),
        (Kind.CODE, date(2026, 1, 1), "数字或日期"),
        (Kind.CODE, "A 1", "空格"),
        (Kind.AREA, 440105020000, "数字"),
        (Kind.AREA, "4401050200", "12 位"),
        (Kind.AREAS, "440105020001,440105020002", "12 位"),
        (Kind.TEXT, "长" * 201, "最多 200"),
        (Kind.IDENTITY, 110105194912310000, "存成了数字"),
        (Kind.IDENTITY, "110105194912310000", "000"),
        (Kind.IDENTITY, "110105194912310021", "校验位"),
        (Kind.IDENTITY, "110105491231002", "15 位"),
        (Kind.IDENTITY, "1101051949123100", "18 位"),
        (Kind.IDENTITY, "110105194902300020", "出生日期"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(kind, raw, words):
    with pytest.raises(CellFault) as fault:
        parse(raw, column(kind))

    assert words in fault.value.message
    assert fault.value.remedy


def test_limits_of_a_column_hold():
    years = column(Kind.INTEGER, minimum=1, maximum=10)

    assert [parse(raw, years) for raw in ("1", "10")] == [1, 10]
    for raw in ("0", "11"):
        with pytest.raises(CellFault):
            parse(raw, years)


def test_an_identity_number_never_stands_in_its_message():
    with pytest.raises(CellFault) as fault:
        parse("110105194912310021", column(Kind.IDENTITY))

    assert "1949" not in fault.value.message + fault.value.remedy


def test_a_word_outside_the_choices_names_them():
    with pytest.raises(CellFault) as fault:
        parse("自营", column(Kind.CHOICE, choices=MODES))

    assert fault.value.remedy == "可填：购买服务、直聘。"


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\u200b"])
def test_an_empty_cell_is_none_or_missing(raw):
    assert parse(raw, column(Kind.DATE)) is None
    with pytest.raises(CellFault, match="必填"):
        parse(raw, column(Kind.DATE, required=True))


@pytest.mark.parametrize(
    "wrong",
    [{"kind": Kind.CHOICE}, {"kind": Kind.TEXT, "choices": MODES}, {"kind": Kind.AREA},
     {"kind": Kind.DATE, "refers_to": "人员"}],
)  # fmt: skip
def test_a_column_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError, match="列"):
        Column("列", "field", **wrong)
