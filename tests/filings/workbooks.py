"""Workbooks of records for tests: taken along, filled in and sent back through the pages."""

import csv
from io import BytesIO, StringIO
from itertools import count

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from filings.models import RecordWorkbook
from filings.workbooks.columns import READ, Head

KEYS = count()
URL = "/records/workbooks/"


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


def form(content, name):
    key = f"key-of-the-workbook-{next(KEYS)}"
    return {"submission": key, "file": SimpleUploadedFile(name, content)}


def sent(client, content, name="月报.xlsx"):
    if isinstance(content, openpyxl.Workbook):
        buffer = BytesIO()
        content.save(buffer)
        content = buffer.getvalue()
    answer = client.post(URL, form(content, name))
    assert answer.status_code == 302, answer.content.decode()
    return RecordWorkbook.objects.latest("pk")


def shown(client, workbook):
    return client.get(f"{URL}{workbook.pk}/").content.decode()


def confirm(client, workbook, act="confirm"):
    url = f"{URL}{workbook.pk}/confirm/"
    return client.post(url, {"act": act}, follow=True).content.decode()


def line(station="440105001-01", month="2026-10", version="small 1", code="opened", value="1"):
    return [station, month, version, code, value, ""]


def table(*lines, heads=READ, encoding="utf-8"):
    """A table of plain text."""
    buffer = StringIO()
    csv.writer(buffer).writerows([heads, *lines])
    return buffer.getvalue().encode(encoding)
