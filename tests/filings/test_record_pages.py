"""Pages of the monthly record: lists that grow no dearer, and input that is kept."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings import actions
from filings.cells import Given
from filings.models import MonthlyRecord
from tests.factories import StationFactory
from tests.filings.factories import SOUND, MonthlyRecordFactory, accepted, filed, policy

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(date(2026, 11, 3), tick=False):
        yield


def more(street, count, by):
    for _ in range(count):
        filed(MonthlyRecordFactory(station=StationFactory(street=street)), by)


def queries_of(client, address):
    """How often a page asks; the first visit of a session writes down that it was there."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum(one["sql"].lstrip("( \n").startswith(("SELECT", "WITH")) for one in queries)


@pytest.mark.parametrize(
    "address",
    ["/records/", "/records/review/", "/records/board/?period=2026-10&show=missing", "/"],
)
def test_a_list_takes_as_many_queries_for_many(address, street, operator, reviewer, client_of):
    client = client_of(reviewer)
    more(street, 2, operator)
    MonthlyRecordFactory(station=StationFactory(street=street))
    few = queries_of(client, address)
    more(street, 10, operator)
    for _ in range(5):
        MonthlyRecordFactory(station=StationFactory(street=street))

    assert queries_of(client, address) == few <= MOST_QUERIES


def test_the_form_is_opened_in_few_queries(record, filer, client_of):
    assert queries_of(client_of(filer), f"/records/{record.pk}/edit/") <= MOST_QUERIES


def test_a_filed_record_is_opened_in_few_queries(record, operator, reviewer, client_of):
    filed(record, operator)
    assert queries_of(client_of(reviewer), f"/records/{record.pk}/") <= MOST_QUERIES


def test_a_refused_return_keeps_what_was_ticked_and_written(record, operator, reviewer, client_of):
    filed(record, operator)
    sent = {"version": record.version, "workdays": "3", "comment": "请核对。", "cells": ["closed"]}

    answer = client_of(reviewer).post(f"/records/{record.pk}/return/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="closed" form="return" checked' in page
    assert page.count('form="return" checked') == 1
    assert "请核对。" in page


def test_texts_in_number_cells_come_back_as_they_were_typed(record, filer, client_of):
    sent = {"version": "1", "cell.opened": "三个", "cell.hours": "-1", "act": "submit"}

    page = client_of(filer).post(f"/records/{record.pk}/edit/", sent, follow=True).content.decode()

    assert 'value="三个"' in page
    assert 'value="-1"' in page


def test_a_second_click_says_that_it_was_filed(record, filer, client_of):
    client = client_of(filer)
    filed(record, filer)

    page = client.post(f"/records/{record.pk}/confirm/", {"version": "1"}, follow=True)

    assert f"这份月报已经报送过，回执 {record.receipt}" in page.content.decode()


def test_the_street_sees_what_waits_for_it_only(street, operator, street_officer, client_of):
    policy(street_first=True)
    waiting = MonthlyRecordFactory(station=StationFactory(street=street), street_first=True)
    past = MonthlyRecordFactory(station=StationFactory(street=street))
    for one in (waiting, past):
        filed(one, operator)

    page = client_of(street_officer).get("/records/review/").content.decode()

    assert waiting.station.name in page
    assert past.station.name not in page


def test_many_are_accepted_at_once_but_none_that_had_to_be_explained(
    station, street, filer, operator, reviewer, client_of
):
    before = MonthlyRecordFactory(station=station, month=date(2026, 9, 1))
    accepted(before, filer, reviewer, hours="100")
    jumped = MonthlyRecordFactory(station=station)
    given = Given(SOUND | {"hours": "300"}, {"hours-jump": "重阳节前集中走访。"})
    actions.submit(record=jumped, seen=1, given=given, by=filer)
    plain = MonthlyRecordFactory(station=StationFactory(street=street))
    filed(plain, operator)
    own = MonthlyRecordFactory(station=StationFactory(street=street))
    filed(own, reviewer)

    sent = {"record": [jumped.pk, plain.pk, own.pk]}
    page = client_of(reviewer).post("/records/review/accept/", sent, follow=True).content.decode()

    assert "已通过 1 份。" in page
    assert "2 份没有批量通过" in page
    done = MonthlyRecord.objects.filter(month=date(2026, 10, 1), accepted_at__isnull=False)
    assert [one.pk for one in done] == [plain.pk]


def test_reopening_wants_a_reason_and_a_day_and_keeps_what_was_written(
    record, filer, reviewer, client_of
):
    accepted(record, filer, reviewer)
    client, url = client_of(reviewer), f"/records/{record.pk}/reopen/"

    refused = client.post(url, {"version": record.version, "reason": "数据有误", "until": "昨天"})
    past = {
        "version": record.version,
        "reason": "十月结案数有误，需要更正。",
        "until": "2026-11-02",
    }

    assert refused.status_code == 422
    assert "数据有误" in refused.content.decode()
    assert "截止日期不能早于今天。" in client.post(url, past).content.decode()
    sent = past | {"until": "2026-11-20"}
    assert "填报人可以修改到 2026-11-20" in client.post(url, sent, follow=True).content.decode()
    assert MonthlyRecord.objects.get(pk=record.pk).state == "reopened"


def test_what_was_written_outlives_a_step_that_came_between(record, filer, reviewer, client_of):
    filed(record, filer)
    client, url = client_of(reviewer), f"/records/{record.pk}/return/"
    sent = {"version": "1", "reasons": ["misread"], "comment": "十月结案数有误，请更正。"}

    page = client.post(url, sent | {"workdays": "3"})

    assert page.status_code == 409
    assert "没有退回：这份月报现在是“" in page.content.decode()
    assert "十月结案数有误，请更正。" in page.content.decode()
    assert f'name="version" value="{record.version}"' in page.content.decode()


def test_a_stale_reopening_is_told_and_can_be_sent_again(record, filer, reviewer, client_of):
    accepted(record, filer, reviewer)
    client, url = client_of(reviewer), f"/records/{record.pk}/reopen/"
    sent = {"reason": "十月结案数有误，需要更正。", "until": "2026-11-20"}

    page = client.post(url, sent | {"version": "1"})

    assert page.status_code == 409
    assert "您打开页面后，这份月报有改动" in page.content.decode()
    assert "十月结案数有误，需要更正。" in page.content.decode()
    again = client.post(url, sent | {"version": str(record.version)}, follow=True)
    assert "填报人可以修改到 2026-11-20" in again.content.decode()
    sent["until"] = "2026-11-25"
    assert (
        "只有已接收或已锁定的月报可以重开"
        in client.post(url, sent | {"version": "9"}).content.decode()
    )


def test_an_extension_is_later_than_the_day_it_moves(record, reviewer, client_of):
    client, url = client_of(reviewer), f"/records/{record.pk}/extend/"
    sent = {"version": "1", "reason": "站点搬迁，资料未齐。", "until": f"{record.due_on}"}

    assert "要晚于现在的应报日" in client.post(url, sent).content.decode()
    page = client.post(url, sent | {"until": "2026-11-20"}, follow=True).content.decode()

    assert "已延至 2026-11-20。" in page
    assert MonthlyRecord.objects.get(pk=record.pk).due_on == date(2026, 11, 20)
