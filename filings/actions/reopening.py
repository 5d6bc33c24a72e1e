"""More time: before the lock by extension, after acceptance or lock by reopening."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from filings import totals
from filings.actions.reviewing import NOT_FILED
from filings.announcing import announce_reopening
from filings.models import Extension, MonthlyRecord
from filings.steps import Step, note
from tenancy.models import User


class NotReopenable(Exception):
    """The record, as it stands, is neither accepted nor locked, or was changed meanwhile."""

    def __init__(self, record: MonthlyRecord) -> None:
        super().__init__(record.pk)
        self.record = record


class NotExtendable(Exception):
    """The record is filed or locked, or the day is not later than the one it has."""


@transaction.atomic
def reopen(
    *, record: MonthlyRecord, seen: int, reason: str, until: date, by: User
) -> MonthlyRecord:
    """Give an accepted or locked record back to its filer until a day; its numbers leave the
    totals, and come back as they were if nothing is filed by then.

    Raises `NotReopenable`.
    """
    filer = record.submitted_by
    rows = MonthlyRecord.objects.filter(
        Q(accepted_at__isnull=False) | Q(locked_at__isnull=False), pk=record.pk, version=seen
    )
    changes = {
        **NOT_FILED,
        "accepted_at": None,
        "accepted_by": None,
        "locked_at": None,
        "returned_at": None,
        "returned_by": None,
        "reopened_at": timezone.now(),
        "reopened_by": by,
        "marked": [],
        "locks_on": max(until, record.due_on),
    }
    if not rows.update(**changes, version=F("version") + 1):
        raise NotReopenable(MonthlyRecord.objects.get(pk=record.pk))
    for name, value in changes.items():
        setattr(record, name, value)
    record.version = seen + 1
    note(Step.REOPEN, record, by, comment=reason, until=until)
    totals.add_up(record.street, record.month)
    announce_reopening(record, filer, by)
    return record


@transaction.atomic
def extend(*, record: MonthlyRecord, until: date, reason: str, by: User) -> MonthlyRecord:
    """Let a record be due on a later day, and locked no earlier. Raises `NotExtendable`."""
    before = totals.standing_of(record)
    rows = MonthlyRecord.objects.fillable(timezone.localdate()).filter(
        pk=record.pk, due_on__lt=until
    )
    locks_on = max(record.locks_on, until)
    if not rows.update(due_on=until, locks_on=locks_on, version=F("version") + 1):
        raise NotExtendable(record.pk)
    record.due_on, record.locks_on, record.version = until, locks_on, record.version + 1
    Extension.objects.create(record=record, until=until, reason=reason, granted_by=by)
    note(Step.EXTEND, record, by, comment=reason, until=until)
    totals.count(record, before)
    return record
