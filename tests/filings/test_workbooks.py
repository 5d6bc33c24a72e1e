"""Filling in by workbook: taken along, sent back, checked as on the page, written as drafts."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filings.models import MonthlyRecord, RecordWorkbook
from filings.workbooks.columns import Head

KEY = {"submission": "a-key-for-the-workbook-pages"}
URL = "/records/workbooks/"


@pytest.fixture
def page(client_of, filer):
    return client_of(filer)


def taken(client, query=""):
    """The sheet as it is downloaded."""
    answer = client.get(f"{URL}blank.xlsx{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.content))


def put(book, code, value, head=Head.VALUE):
    """Fill in one cell, by the indicator's code."""
    sheet = book["月报"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[heads.index(Head.CODE)].value == code:
            row[heads.index(head)].value = value


def sent(client, content, name="月报.xlsx"):
    if isinstance(content, openpyxl.Workbook):
        buffer = BytesIO()
        content.save(buffer)
        content = buffer.getvalue()
    answer = client.post(URL, {**KEY, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    RecordWorkbook.objects.all()
    return RecordWorkbook.objects.latest("pk")


def shown(client, workbook):
    return client.get(f"{URL}{workbook.pk}/").content.decode()


def confirm(client, workbook, act="confirm"):
    url = f"{URL}{workbook.pk}/confirm/"
    return client.post(url, {"act": act}, follow=True).content.decode()


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
