"""Rows of the access table about monthly records as data."""

from datetime import date

from filings import actions
from tenancy.permissions import Permission
from tests.access.kinds import listed, one
from tests.factories import StationFactory, UserFactory
from tests.filings.factories import MonthlyRecordFactory, filed

KEYED = {"Idempotency-Key": "a-key-for-the-access-table"}
FIRST, SECOND, THIRD = (KEYED | {"If-Match": f'"{version}"'} for version in (1, 2, 3))
BACK = {"reasons": ["other"], "comment": "请核对结案数后重新报送。", "workdays": 3}
AGAIN = {"reason": "审计发现漏计，需要补报。", "until": date(2999, 1, 1).isoformat()}


def record(street, by):
    return MonthlyRecordFactory(station=StationFactory(street=street))


def submitted(street, by):
    """Next in line is who accepts."""
    return filed(record(street, by), by)


def accepted(street, by):
    made = submitted(street, by)
    return actions.accept(record=made, seen=made.version, by=UserFactory())


P = Permission
DETAIL, ACT = "api:monthly-record-detail", "api:monthly-record-{}".format
RECORDS_API = {
    ("api:monthly-record-list", "GET"): listed(P.VIEW_RECORD),
    (DETAIL, "GET"): one(P.VIEW_RECORD, record),
    (DETAIL, "PATCH"): one(P.FILL_RECORD, record, data={"figures": {}}, headers=FIRST),
    (ACT("submit"), "POST"): one(P.SUBMIT_RECORD, record, headers=FIRST),
    (ACT("withdraw"), "POST"): one(P.SUBMIT_RECORD, submitted, headers=KEYED),
    (ACT("accept"), "POST"): one(P.ACCEPT_RECORD, submitted, headers=SECOND),
    (ACT("return"), "POST"): one(P.ACCEPT_RECORD, submitted, data=BACK, headers=SECOND),
    (ACT("reopen"), "POST"): one(P.REOPEN_RECORD, accepted, data=AGAIN, headers=THIRD),
}
