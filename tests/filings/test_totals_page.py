"""The page of totals: longer periods follow from the months."""

from datetime import date

import pytest
import time_machine

from filings import totals
from filings.totals.rebuilding import months
from tests.dashboard.test_area_page import text_of
from tests.filings.factories import MonthlyRecordFactory, accepted, filed


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(date(2026, 11, 20), tick=False):
        yield


@pytest.fixture
def year(station, filer, reviewer):
    """Accepted in August and September, filed only in October."""
    for month, hours in ((8, "100"), (9, "140.5")):
        record = MonthlyRecordFactory(station=station, month=date(2026, month, 1))
        accepted(record, filer, reviewer, hours=hours)
    filed(MonthlyRecordFactory(station=station), filer, hours="150")
    for month in months():
        totals.rebuild(month)


@pytest.mark.parametrize(
    ("period", "hours", "counts"),
    [
        ("2026-09", "140.5", "由 1/1 份"),
        ("2026-Q3", "240.5", "由 2/2 份"),
        ("2026-H2", "240.5", "由 2/3 份"),
        ("2026", "240.5", "由 2/3 份"),
        ("nonsense", "—", "由 0/1 份"),
    ],
)
def test_longer_periods_follow_from_the_months(year, official, client_of, period, hours, counts):
    text = text_of(client_of(official), f"/records/totals/?period={period}")
    assert counts in text
    row = text.split("直接服务工时（小时）")[1]
    assert row.split("</td>")[0].endswith(f">{hours}")


def test_a_station_adds_up_its_own_records(year, station, official, client_of):
    address = f"/records/totals/?area={station.code}&level=station&period=2026"
    text = text_of(client_of(official), address)
    assert "由 2/3 份" in text
    assert "240.5" in text


def test_totals_are_taken_away_as_a_workbook(year, official, client_of):
    answer = client_of(official).get("/records/totals/export/?period=2026-Q3")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
