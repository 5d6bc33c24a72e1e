"""The sheet 合同: what is refused, what is only said."""

from datetime import date, timedelta

import pytest

from procurement.models import Contract
from tests.city_workbook import OLD

pytestmark = pytest.mark.django_db

SECOND_YEAR = date(2021, 1, 1)


def test_contract_years_that_meet_are_right(city_book):
    assert city_book.errors() == []
    assert city_book.warnings() == []


def test_contract_years_that_share_a_day_are_refused_naming_both_rows(city_book):
    city_book.put("合同", 2, 起始日期=SECOND_YEAR - timedelta(days=1))

    (fault,) = city_book.check().errors
    assert (fault.sheet, fault.row, fault.column) == ("合同", 3, "起始日期")
    assert "第 2 行和第 3 行" in fault.message


def test_a_day_between_contract_years_is_told_and_written(city_book):
    city_book.put("合同", 2, 起始日期=SECOND_YEAR + timedelta(days=1))

    assert city_book.warnings() == [("合同", 3, "起始日期")]
    assert city_book.apply().applied


def test_a_contract_year_may_not_overlap_a_stored_one(city_book):
    city_book.apply()
    city_book.rows = {"合同": [["P1", 3, date(2021, 12, 31), date(2022, 12, 30), None, 1]]}

    assert city_book.errors() == [("合同", 2, "起始日期")]


def test_both_ends_of_neighbouring_years_move_at_once(city_book):
    city_book.apply()
    city_book.put("合同", 1, 结束日期=date(2021, 1, 31)).put("合同", 2, 起始日期=date(2021, 2, 1))

    assert city_book.only("合同").apply().applied
    assert Contract.objects.get(year_no=1).ends_on == date(2021, 1, 31)


@pytest.mark.parametrize(("days", "told"), [(30, []), (31, [("合同", 2, "签订日期")])])
def test_signing_more_than_thirty_days_after_the_notice_is_told(city_book, days, told):
    noticed = OLD - timedelta(days=60)
    city_book.put("合同", 1, 中标通知日期=noticed, 签订日期=noticed + timedelta(days=days))

    assert city_book.warnings() == told


def test_only_the_first_year_follows_a_notice(city_book):
    city_book.put("合同", 2, 中标通知日期=OLD, 签订日期=OLD + timedelta(days=90))

    assert city_book.warnings() == []


def test_one_year_of_a_project_stands_in_one_row(city_book):
    city_book.put("合同", 2, 年度序号=1)

    (fault,) = city_book.check().errors
    assert "第 2 行和第 3 行" in fault.message


def test_a_contract_of_an_unknown_project_is_refused(city_book):
    city_book.put("合同", 1, 项目编号="P9")

    assert city_book.errors() == [("合同", 2, "项目编号")]


@pytest.mark.parametrize("number", [0, 21])
def test_a_contract_year_beyond_the_longest_term_is_refused(city_book, number):
    city_book.put("合同", 2, 年度序号=number)

    assert city_book.errors() == [("合同", 3, "年度序号")]
