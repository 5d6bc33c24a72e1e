"""Rows of the access table about monthly records."""

from filings import actions
from filings.cells import Given
from tenancy.permissions import Permission
from tests.access.kinds import by_query, listed, one
from tests.factories import StationFactory
from tests.filings.factories import SOUND, MonthlyRecordFactory

SEEN = {"version": 1}


def record(street, by):
    return MonthlyRecordFactory(station=StationFactory(street=street))


def filed(street, by):
    """Filed by the system's user, and next in line is who accepts."""
    made = record(street, by)
    return actions.submit(record=made, seen=1, given=Given(cells=SOUND), by=by)


def at_street(verb):
    """A page about one's own place, and about one that the address names."""
    place = one(verb, lambda street, by: street, key=by_query("area"), exists=Permission.VIEW_AREA)
    return listed(verb), place


P = Permission
RECORDS = {
    ("filings:record-list", "GET"): listed(P.VIEW_RECORD),
    ("filings:record-detail", "GET"): one(P.VIEW_RECORD, record),
    ("filings:record-edit", "GET"): one(P.FILL_RECORD, record),
    ("filings:record-edit", "POST"): one(P.FILL_RECORD, record, data=SEEN),
    ("filings:record-draft", "PATCH"): one(P.FILL_RECORD, record, data=SEEN),
    ("filings:record-confirm", "GET"): one(P.SUBMIT_RECORD, record),
    ("filings:record-confirm", "POST"): one(P.SUBMIT_RECORD, record, data=SEEN),
    ("filings:record-withdraw", "POST"): one(P.SUBMIT_RECORD, filed),
    ("filings:review-queue", "GET"): listed(P.VIEW_RECORD),
    ("filings:records-accept", "POST"): listed(P.VIEW_RECORD),
    ("filings:record-open", "POST"): one(P.ACCEPT_RECORD, filed),
    ("filings:record-accept", "POST"): one(P.ACCEPT_RECORD, filed, data={"version": 2}),
    ("filings:record-return", "POST"): one(P.ACCEPT_RECORD, filed),
    ("filings:record-reopen", "POST"): one(P.REOPEN_RECORD, filed),
    ("filings:record-extend", "POST"): one(P.EXTEND_RECORD, record),
    ("filings:board", "GET"): at_street(P.VIEW_RECORD),
    ("filings:board-export", "GET"): at_street(P.VIEW_RECORD),
    ("filings:totals", "GET"): at_street(P.VIEW_RECORD),
    ("filings:totals-export", "GET"): at_street(P.VIEW_RECORD),
    ("filings:remind", "POST"): listed(P.REMIND_RECORD),
    ("filings:definitions", "GET"): listed(P.VIEW_RECORD),
    ("filings:filing-settings", "GET"): listed(P.SET_FILING),
    ("filings:filing-settings", "POST"): listed(P.SET_FILING),
    ("filings:calendar", "GET"): listed(P.SET_FILING),
    ("filings:calendar", "POST"): listed(P.SET_FILING),
}
