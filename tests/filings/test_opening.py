"""Opening a month: which stations, in which street, by when."""

from datetime import date

import pytest
import time_machine

from filings import actions
from filings.actions.opening import InTheFuture, NoTemplate
from filings.models import CalendarYear, MonthlyRecord
from stations.seating import resettle
from tenancy.periods import parse_period
from tests.factories import AreaFactory, StationFactory
from tests.filings.factories import RecordTemplateFactory, policy

OCTOBER = parse_period("2026-10")


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(date(2026, 11, 2), tick=False):
        yield


@pytest.fixture
def template(root):
    return RecordTemplateFactory()


def opened(official, period=OCTOBER):
    return actions.open_period(period=period, by=official)


def test_each_station_gets_one_record_however_often(template, street, official):
    StationFactory(street=street)
    assert (opened(official).made, opened(official).made) == (1, 0)
    StationFactory(street=street)
    again = opened(official)
    assert (again.made, again.stood) == (1, 1)


@pytest.mark.parametrize(
    ("dates", "files"),
    [
        ({"opened_on": date(2026, 10, 31)}, True),
        ({"opened_on": date(2026, 11, 1)}, False),
        ({"closed_on": date(2026, 10, 2)}, True),
        ({"closed_on": date(2026, 10, 1)}, False),
        ({"suspended_from": date(2026, 10, 1), "suspended_to": date(2026, 10, 31)}, False),
        ({"suspended_from": date(2026, 9, 1)}, False),
        ({"suspended_from": date(2026, 10, 2)}, True),
    ],
)
def test_a_station_files_for_a_month_with_a_day_of_work(template, street, official, dates, files):
    StationFactory(street=street, **dates)
    assert opened(official).made == files


def test_clocks_are_shifted_to_workdays(template, street, official):
    """5 September 2026 is a Saturday, 15 September a Tuesday."""
    StationFactory(street=street)
    opened(official, parse_period("2026-08"))
    record = MonthlyRecord.objects.get()
    assert (record.due_on, record.locks_on) == (date(2026, 9, 7), date(2026, 9, 15))


def test_clocks_follow_the_policy(template, street, official):
    policy(due_day=10, lock_day=20, street_first=False)
    StationFactory(street=street)
    opened(official)
    record = MonthlyRecord.objects.get()
    assert (record.due_on, record.locks_on) == (date(2026, 11, 10), date(2026, 11, 20))
    assert record.street_first is False


def test_an_unknown_year_of_the_calendar_warns(template, street, official):
    StationFactory(street=street)
    with time_machine.travel(date(2030, 2, 1), tick=False):
        assert "2030" in opened(official, parse_period("2030-01")).warnings[0]
        CalendarYear.objects.create(year=2030)
        assert opened(official, parse_period("2030-01")).warnings == ()


def test_a_month_to_come_and_a_month_without_template_are_refused(street, official):
    with pytest.raises(InTheFuture):
        opened(official, parse_period("2026-12"))
    with pytest.raises(NoTemplate):
        opened(official)


def test_the_street_is_that_of_the_months_last_day(template, street, district, official):
    station = StationFactory(street=street)
    other = AreaFactory(level="street", parent=district)
    station.street = other
    resettle([station], date(2026, 10, 31), official)
    opened(official)
    opened(official, parse_period("2026-09"))
    streets = dict(MonthlyRecord.objects.values_list("month", "street"))
    assert streets == {date(2026, 10, 1): other.pk, date(2026, 9, 1): street.pk}


def test_records_keep_the_version_they_were_opened_under(template, street, official):
    from tests.filings.factories import TEMPLATE

    StationFactory(street=street)
    opened(official)
    newer = RecordTemplateFactory(
        text=TEMPLATE.replace('version = "1"', 'version = "2"').replace("2026-01", "2026-10")
    )
    StationFactory(street=street)
    opened(official)
    opened(official, parse_period("2026-09"))
    versions = MonthlyRecord.objects.order_by("month", "pk").values_list("template", flat=True)
    assert [*versions] == [template.pk, template.pk, template.pk, newer.pk]
