"""The progress board: urging those who have not filed, and taking it away."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine

from filings import totals
from filings.models import Reminder
from filings.views import board
from tenancy.models import AuditEvent, Message
from tests.dashboard.test_area_page import text_of
from tests.factories import StationFactory
from tests.filings.factories import OCTOBER, MonthlyRecordFactory, filed

URL = "/records/board/"


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(date(2026, 11, 3), tick=False) as clock:
        yield clock


@pytest.fixture
def others(street):
    return [MonthlyRecordFactory(station=StationFactory(street=street)) for _ in range(2)]


def urge(client, street, *records, **more):
    sent = {"period": "2026-10", "area": street.code, "level": "street", **more}
    answer = client.post(
        f"{URL}remind/", sent | {"record": [one.pk for one in records]}, follow=True
    )
    return answer.content.decode()


def test_the_chosen_are_urged_once_a_day(
    record, others, street, filer, reviewer, client_of, november
):
    client = client_of(reviewer)
    assert "已催办 1 份。" in urge(client, street, record)
    assert "今天都已催办过" in urge(client, street, record)
    assert "已催办 2 份，另有 1 份今天已催办过。" in urge(client, street, all="1")
    assert Reminder.objects.count() == 3
    assert Message.objects.filter(recipient=filer, kind="record_reminded").count() == 1
    acts = AuditEvent.objects.filter(verb="remind-record", actor_id=reviewer.pk)
    assert acts.filter(target_id=record.pk).count() == 1

    november.shift(timedelta(days=1))
    assert "已催办 1 份。" in urge(client_of(reviewer), street, record)


def test_nobody_is_urged_who_has_filed(record, others, street, operator, reviewer, client_of):
    filed(record, operator)

    assert "没有可催办的" in urge(client_of(reviewer), street, record)
    assert not Reminder.objects.exists()


def test_who_is_left_over_is_urged_the_next_time(
    record, others, street, reviewer, client_of, monkeypatch
):
    monkeypatch.setattr(board, "MOST_AT_ONCE", 2)
    client = client_of(reviewer)

    assert "一次最多催办 2 份，其余的请再催办一次。" in urge(client, street, all="1")
    urge(client, street, all="1")

    assert set(Reminder.objects.values_list("record", flat=True)) == {
        record.pk,
        *(one.pk for one in others),
    }


def test_the_board_counts_and_is_taken_away(record, others, street, operator, reviewer, client_of):
    filed(record, operator)
    totals.rebuild(OCTOBER)
    client = client_of(reviewer)

    text = text_of(client, f"{URL}?period=2026-10")
    assert "1/3" in text
    answer = client.get(f"{URL}export/?period=2026-10")
    rows = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    (line,) = [row for row in rows if row[1] == street.code]
    assert line[:7] == (street.name, street.code, 3, 1, 1, 0, 2)
    assert AuditEvent.objects.filter(verb="export-board").count() == 1
