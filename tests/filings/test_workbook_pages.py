"""A workbook on its pages: looked at, written once, given back, the sender's own, forgotten."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone

from filings import actions, tasks
from filings.cells import Given
from filings.models import MonthlyRecord, RecordWorkbook
from tenancy.models import AuditEvent
from tests.conftest import suspended
from tests.factories import UserFactory
from tests.filings.factories import MonthlyRecordFactory, filed
from tests.filings.workbooks import URL, confirm, form, line, put, sent, shown, table, taken
from tests.jobs import workbooks


@pytest.fixture
def page(client_of, filer):
    return client_of(filer)


def test_differences_and_what_remains_stand_station_by_station(page, record, filer):
    given = Given(cells={"opened": "7"})
    actions.save(record=record, seen=record.version, given=given, by=filer)
    book = taken(page)
    put(book, "opened", 1)
    put(book, "opening", 0)
    put(book, "closed", 99)
    html = shown(page, sent(page, book))
    assert html.index(">7<") < html.index(">1<")
    assert "结案数不能大于期初在办与新开之和。" in html
    assert "还有 1 项没有填" in html


def test_confirming_twice_writes_once(page, record):
    workbook = sent(page, table(line()))
    path = workbook.file.path
    confirm(page, workbook)
    assert "现在不能写入这个文件" in confirm(page, workbook)
    assert MonthlyRecord.objects.get(pk=record.pk).version == 2
    assert AuditEvent.objects.filter(verb="confirm-workbook").count() == 1
    assert RecordWorkbook.objects.get(pk=workbook.pk).changes == [{"record": record.pk, "cells": 1}]
    assert not RecordWorkbook.objects.get(pk=workbook.pk).file
    assert Path(path).name not in shown(page, workbook)


def test_of_a_stale_workbook_nothing_is_written_until_it_is_checked_again(
    page, client_of, operator, station, record, filer
):
    other = MonthlyRecordFactory(station__street=station.area.parent, station__code="440105001-02")
    client = client_of(operator)
    workbook = sent(client, table(line(), line(station="440105001-02")))
    actions.save(record=other, seen=other.version, given=Given(cells={"closed": "5"}), by=filer)
    assert "重新检查，核对后再写入" in shown(client, workbook)
    assert "没有写入任何内容。请重新检查" in confirm(client, workbook)
    assert MonthlyRecord.objects.get(pk=record.pk).version == 1
    assert "已按现在的月报重新检查" in confirm(client, workbook, "check")
    assert "已写入 2 份" in confirm(client, workbook)
    assert MonthlyRecord.objects.get(pk=other.pk).figures == {"closed": 5, "opened": 1}


def test_the_sheet_comes_back_with_what_is_wrong_beside_each_row(page, record):
    book = taken(page)
    put(book, "opened", "很多")
    workbook = sent(page, book)
    given = page.get(f"{URL}{workbook.pk}/annotated.xlsx").content
    marked = openpyxl.load_workbook(BytesIO(given))
    rows = {row[4]: row for row in marked["月报"].iter_rows(values_only=True)}
    assert rows["指标编码"][-1] == "问题"
    assert rows["opened"][10:] == (
        "很多",
        None,
        "本月上报：“很多”不是数字。请只填数字，不要写单位或文字。",
    )
    put(marked, "opened", 1)
    again = sent(page, marked)
    assert (again.errors, again.warnings, len(again.changes)) == ([], [], 1)


def test_of_a_sound_sheet_what_remains_is_told_beside_each_row(page, record):
    opening = line(code="opening", value="0")
    workbook = sent(page, table(opening, line(), line(code="closed", value="99")))
    given = page.get(f"{URL}{workbook.pk}/annotated.xlsx").content
    rows = [*openpyxl.load_workbook(BytesIO(given))["月报"].iter_rows(values_only=True)]
    assert [row[-1] for row in rows] == ["问题", None, None, "结案数不能大于期初在办与新开之和。"]


def test_a_file_that_cannot_be_read_is_told_and_not_given_back(page, record):
    workbook = sent(page, b"PK" + b"\0" * 100)
    assert workbook.errors[0]["message"] == "文件已损坏，无法读取。"
    answer = page.get(f"{URL}{workbook.pk}/annotated.xlsx", follow=True)
    assert "不能标注" in answer.content.decode()


def test_the_door_refuses_what_is_nothing_to_read(page, record):
    answer = page.post(URL, form(workbooks.ole("EncryptedPackage"), "a.xls"))
    assert answer.status_code == 422
    assert "打开密码" in answer.content.decode()


def test_nobody_else_sees_a_workbook(page, client_of, record, station, reviewer):
    workbook = sent(page, table(line()))
    colleague = client_of(UserFactory(role="station_head", area=station.area))
    for client in (colleague, client_of(reviewer)):
        assert client.get(f"{URL}{workbook.pk}/").status_code == 404
        assert client.post(f"{URL}{workbook.pk}/confirm/").status_code == 404
    assert workbook.file_name not in colleague.get(URL).content.decode()


def test_another_station_is_not_taken_along(page, station, record):
    other = MonthlyRecordFactory(station__street=station.area.parent).station
    assert page.get(f"{URL}blank.xlsx?station={other.pk}").status_code == 404
    names = {row[1] for row in taken(page)["月报"].iter_rows(min_row=2, values_only=True)}
    assert names == {station.name}


def test_a_month_with_nothing_to_fill_in_says_so(page, record, filer):
    filed(record, filer)
    answer = page.get(f"{URL}blank.xlsx?month=2026-10", follow=True)
    assert "没有可填报的月报" in answer.content.decode()


def test_the_clock_forgets_what_nobody_confirmed(page, record, django_capture_on_commit_callbacks):
    old, young = sent(page, table(line())), sent(page, table(line()))
    long_ago = timezone.now() - timedelta(days=8)
    RecordWorkbook.objects.filter(pk=old.pk).update(uploaded_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True), suspended():
        tasks.forget_workbooks()
    assert not Path(old.file.path).exists()
    assert Path(young.file.path).exists()
    assert "文件已经删除" in shown(page, old)


@pytest.mark.parametrize("many", [1, 4])
def test_pages_take_as_many_queries_for_many_stations(
    client_of, operator, street, many, django_assert_max_num_queries
):
    records = MonthlyRecordFactory.create_batch(many, station__street=street)
    client = client_of(operator)
    lines = [line(station=record.station.code) for record in records]
    workbook = sent(client, table(*lines))
    for _ in range(many - 1):
        sent(client, table(*lines))
    with django_assert_max_num_queries(14):
        assert client.get(URL).content.decode().count("待确认") == many
    with django_assert_max_num_queries(19):
        client.get(f"{URL}blank.xlsx")
    with django_assert_max_num_queries(19):
        assert shown(client, workbook).count("打开月报") == many
