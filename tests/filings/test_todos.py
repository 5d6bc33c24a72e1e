"""What records leave to somebody."""

from datetime import date, timedelta

import pytest
import time_machine

from filings import actions, totals
from filings.todos import records_to_file, records_to_follow
from tests.filings.factories import MonthlyRecordFactory, back, filed

TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def record(station):
    made = MonthlyRecordFactory(
        station=station, due_on=date(2026, 11, 5), locks_on=date(2026, 11, 16)
    )
    totals.rebuild(made.month)
    return made


def told(source, user):
    return [(todo.text, todo.due) for todo in source(user, TODAY)]


def test_a_station_is_to_file_its_month_and_to_mend_what_came_back(record, filer, reviewer):
    assert told(records_to_file, filer) == [("1 份月报待报送", date(2026, 11, 5))]
    filed(record, filer)
    assert told(records_to_file, filer) == []
    actions.return_record(record=record, seen=record.version, back=back(), by=reviewer)
    [(text, due)] = told(records_to_file, filer)
    assert (text, due) == ("1 份月报被退回，待修改后重新报送", TODAY + timedelta(days=3))


def test_a_month_that_runs_is_not_asked_for(station, filer):
    MonthlyRecordFactory(station=station, month=date(2026, 11, 1))
    assert told(records_to_file, filer) == []


def test_what_is_overdue_is_followed_up_until_it_is_filed(record, filer, reviewer, official):
    overdue = ("1 份 2026-10 月报逾期未报，可以催办", date(2026, 11, 5))
    assert told(records_to_follow, reviewer) == told(records_to_follow, official) == [overdue]
    filed(record, filer)
    assert told(records_to_follow, reviewer) == [("1 份月报待审核", date(2026, 11, 16))]
    assert told(records_to_follow, official) == []


def test_nothing_is_overdue_on_the_due_day(record, reviewer):
    with time_machine.travel(date(2026, 11, 5), tick=False):
        assert list(records_to_follow(reviewer, date(2026, 11, 5))) == []


def test_who_only_reads_has_nothing_to_do(record, district):
    from tests.factories import UserFactory

    supervisor = UserFactory(role="supervisor", area=district)
    assert told(records_to_file, supervisor) == told(records_to_follow, supervisor) == []
