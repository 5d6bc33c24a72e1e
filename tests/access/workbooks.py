"""Rows of the access table about records filled in as workbooks."""

from tenancy.permissions import Permission
from tests.access.kinds import by_query, listed, one, own
from tests.factories import StationFactory
from tests.filings.factories import RecordWorkbookFactory

FORM_KEY = {"submission": "a-key-for-the-access-table"}


def station(street, by):
    return StationFactory(street=street)


def workbook(street, by):
    """Nobody but its sender opens it, whatever they may do at the place."""
    return RecordWorkbookFactory(area=street, uploaded_by=by)


WORKBOOKS = {
    ("filings:workbook-list", "GET"): listed(Permission.FILL_RECORD),
    ("filings:workbook-list", "POST"): listed(Permission.FILL_RECORD, data=FORM_KEY),
    ("filings:workbook-blank", "GET"): (
        listed(Permission.FILL_RECORD),
        one(Permission.FILL_RECORD, station, key=by_query("station", "pk")),
    ),
    ("filings:workbook-detail", "GET"): own(make=workbook, answers=frozenset({404})),
    ("filings:workbook-annotated", "GET"): own(make=workbook, answers=frozenset({404})),
    ("filings:workbook-confirm", "POST"): own(make=workbook, answers=frozenset({404})),
}
