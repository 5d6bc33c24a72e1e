"""Rows of the access table about notices."""

from tenancy.permissions import Permission
from tests.access.kinds import by_query, listed, one
from tests.compliance.notices import NoticeFactory, NoticeFindingFactory
from tests.factories import RunFactory, RunFindingFactory

FORM_KEY = {"submission": "a-key-for-the-access-table"}


def finding(street, by):
    return RunFindingFactory(run=RunFactory(area=street, requested_by=by), place=street)


def notice(street, by):
    made = NoticeFactory(area=street, run=RunFactory(area=street, requested_by=by), issued_by=by)
    NoticeFindingFactory(notice=made)
    return made


NOTICES = {
    ("compliance:notice-list", "GET"): listed(Permission.VIEW_FINDING),
    ("compliance:notice-new", "GET"): (
        listed(Permission.ISSUE_NOTICE),
        one(Permission.ISSUE_NOTICE, finding, key=by_query("finding", "pk")),
    ),
    ("compliance:notice-new", "POST"): listed(Permission.ISSUE_NOTICE, data=FORM_KEY),
    ("compliance:notice-detail", "GET"): one(Permission.VIEW_FINDING, notice),
    ("compliance:notice-file", "GET"): one(Permission.VIEW_FINDING, notice),
    ("compliance:notice-document", "GET"): one(Permission.VIEW_FINDING, notice),
    ("compliance:notice-withdraw", "POST"): one(Permission.ISSUE_NOTICE, notice),
}
