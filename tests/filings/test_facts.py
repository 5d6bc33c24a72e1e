"""What stands beside the cells of a record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings import actions
from filings.cells import Given
from filings.facts import around_all, sheet
from filings.models import MonthlyRecord
from tests.factories import (
    OrganisationFactory,
    PlacementFactory,
    PostFactory,
    ProjectFactory,
    StationFactory,
)
from tests.filings.guangzhou import MONTH, OCTOBER, SEPTEMBER, record_of, staffed


@pytest.fixture
def station(street):
    return staffed(street)


def test_the_ledgers_and_the_month_before_fill_their_cells(station, filer, reviewer):
    before = record_of(station, SEPTEMBER)
    actions.submit(record=before, seen=1, given=Given(cells=MONTH), by=filer)
    found = sheet(record_of(station, OCTOBER))
    assert (found.here["workers_on_post"], found.here["workers_certified"]) == (2, 1)
    assert found.here["cases_opening"] == 3
    assert found.around.previous["visits"] == 20
    assert {"workers_on_post", "cases_opening"} <= found.is_prefilled


def test_the_year_adds_flows_keeps_states_and_computes_shares_anew(station, filer, reviewer):
    for month, hours in ((SEPTEMBER, "100"), (OCTOBER, "300")):
        record = record_of(station, month)
        cells = MONTH | {"hours_direct": hours, "hours_in_community": "90", "hours_indirect": "0"}
        explained = dict.fromkeys((one.code for one in record.template.form.checks), "情况属实。")
        given = Given(cells=cells, explanations=explained)
        actions.submit(record=record, seen=1, given=given, by=filer)
    found = sheet(MonthlyRecord.objects.get(month=OCTOBER))
    assert found.year("hours_direct") == 400
    assert found.year("workers_on_post") == 2
    assert found.year("hours_community_share") == Decimal("45")


def test_the_contract_stands_beside_the_hours(station, street):
    operator = OrganisationFactory(area=street)
    ProjectFactory(
        station=station, operator=operator, starts_on=date(2026, 1, 1), min_hours=Decimal("35244")
    )
    record = record_of(station, OCTOBER)
    found = sheet(record)
    assert found.around.targets["procurement.min_hours"] == 35244


def test_what_the_sources_said_is_kept_with_the_draft_for_ten_minutes(station, filer):
    record = record_of(station, OCTOBER)
    actions.save(record=record, seen=1, given=Given(cells={"visits": "1"}), by=filer)
    PlacementFactory(post=PostFactory(station=station))
    assert sheet(MonthlyRecord.objects.get(pk=record.pk)).here["workers_on_post"] == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert sheet(MonthlyRecord.objects.get(pk=record.pk)).here["workers_on_post"] == 3


def test_many_records_are_read_in_as_many_queries_as_one(station, street):
    one = record_of(station, OCTOBER)
    others = [record_of(StationFactory(street=street), OCTOBER) for _ in range(3)]

    def queries(records):
        with CaptureQueriesContext(connection) as captured:
            around_all(records)
        return len(captured)

    assert queries([one]) == queries([one, *others])


def test_a_draft_of_the_month_before_is_not_last_month(station, filer):
    before = record_of(station, SEPTEMBER)
    actions.save(record=before, seen=1, given=Given(cells={"visits": "7"}), by=filer)
    assert sheet(record_of(station, OCTOBER)).around.previous == {}
