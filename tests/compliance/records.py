"""Stored monthly records in every state, and their totals."""

from datetime import date, timedelta

from filings import totals
from filings.models import MonthlyRecord
from tests.filings.factories import MonthlyRecordFactory, at_noon, people


def due_after(month):
    """The fifth day of the month after."""
    return (month + timedelta(days=31)).replace(day=5)


def months_from(first, number):
    """First days of so many months."""
    whole = [first.year * 12 + first.month - 1 + index for index in range(number)]
    return [date(month // 12, month % 12 + 1, 1) for month in whole]


def keep(station, month, *, filed_on=None, accepted_on=None, hours=None, by=None, **fields):
    """A record of the station as it stands; `by` are who files and who accepts."""
    filer, reviewer = by or people(station)
    steps = {"due_on": due_after(month)} | fields
    if filed_on:
        moment = at_noon(filed_on)
        steps |= {"submitted_at": moment, "first_submitted_at": moment, "submitted_by": filer}
    if accepted_on:
        steps |= {"accepted_at": at_noon(accepted_on), "accepted_by": reviewer}
    figures = {} if hours is None else {"hours": hours}
    return MonthlyRecordFactory(station=station, month=month, figures=figures, **steps)


def add_up():
    """Make the totals of all months there are."""
    for month in MonthlyRecord.objects.order_by().values_list("month", flat=True).distinct():
        totals.rebuild(month)
