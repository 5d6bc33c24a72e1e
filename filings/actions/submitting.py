"""Filing a record, and taking it back before anybody has looked."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings import totals
from filings.actions.filling import as_columns
from filings.cells import Given
from filings.drafts import NotFillable, write
from filings.facts import Sheet, around, content_of, sheet_of, sources_of
from filings.models import FilingPolicy, MonthlyRecord
from filings.steps import Step, note
from tenancy.models import User


class Blocked(Exception):
    """Something has to be mended or explained first: the sheet says what."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__([one.code for one in sheet.problems])
        self.sheet = sheet


class AlreadyFiled(Exception):
    """The record has been filed; its receipt holds."""

    def __init__(self, record: MonthlyRecord) -> None:
        super().__init__(record.receipt)
        self.record = record


class NotWithdrawable(Exception):
    """Not filed, opened by a reviewer, or filed too long ago."""


def submit(*, record: MonthlyRecord, seen: int, given: Given, by: User) -> MonthlyRecord:
    """File the record as the person saw it, with what is given now.

    What the platform knows and computes is written into it. Raises `Blocked`, `AlreadyFiled`,
    `NotFillable`, `Stale`, `UnknownCells`, each before anything is written: a savepoint would
    guard nothing, and hold up who waits for the month's counts.
    """
    content, before = content_of(record), totals.standing_of(record)
    content.take(record.template.form, given)
    asked = sources_of(record)
    for name, value in asked.items():
        setattr(record, name, value)
    sheet = sheet_of(record.template.form, content, around(record))
    if sheet.hard or sheet.unexplained:
        raise Blocked(sheet)
    content.figures = dict(sheet.here)
    said = {one.code for one in sheet.soft}
    content.explanations = {
        code: sentence for code, sentence in content.explanations.items() if code in said
    }
    _file(record, seen, by, **as_columns(content), **asked)
    note(Step.SUBMIT, record, by)
    totals.count(record, before)
    return record


def _file(record: MonthlyRecord, seen: int, by: User, **columns: object) -> None:
    now = timezone.now()
    try:
        write(
            record,
            seen,
            by,
            **columns,
            submitted_at=now,
            submitted_by=by,
            first_submitted_at=record.first_submitted_at or now,
            round=record.round + 1,
            returned_at=None,
            returned_by=None,
        )
    except NotFillable as refused:
        if refused.record.submitted_at is None:
            raise
        raise AlreadyFiled(refused.record) from refused


def may_withdraw_until(record: MonthlyRecord, policy: FilingPolicy) -> object:
    """The moment up to which the record may be taken back, None where it may not be."""
    if record.submitted_at is None or record.opened_at or record.accepted_at:
        return None
    return record.submitted_at + timedelta(minutes=policy.withdraw_minutes)


@transaction.atomic
def withdraw(*, record: MonthlyRecord, by: User) -> MonthlyRecord:
    """Take a filed record back within the minutes of the policy, unless a reviewer opened it.

    It counts as not filed then. Raises `NotWithdrawable`.
    """
    before, policy = totals.standing_of(record), FilingPolicy.objects.current()
    earliest = timezone.now() - timedelta(minutes=policy.withdraw_minutes)
    rows = MonthlyRecord.objects.filter(
        pk=record.pk, opened_at=None, street_accepted_at=None, accepted_at=None
    ).filter(submitted_at__gte=earliest)
    first = None if record.round == 1 else record.first_submitted_at
    changes = {"submitted_at": None, "submitted_by": None, "first_submitted_at": first}
    if not rows.update(**changes, version=F("version") + 1):
        raise NotWithdrawable(record.pk)
    _follow(record, changes)
    note(Step.WITHDRAW, record, by)
    totals.count(record, before)
    return record


def _follow(record: MonthlyRecord, changes: Mapping[str, object]) -> None:
    for name, value in changes.items():
        setattr(record, name, value)
    record.version += 1
