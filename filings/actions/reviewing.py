"""Reviewing: the street first where the policy says so, then who accepts; or back with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings import totals
from filings.announcing import announce_return
from filings.models import MonthlyRecord
from filings.models.record import MonthlyRecordQuerySet
from filings.steps import Step, note
from tenancy.models import User


class NotAwaitingReview(Exception):
    """The record is not with the reviewer: not filed, returned, or accepted already."""

    def __init__(self, record: MonthlyRecord) -> None:
        super().__init__(record.pk)
        self.record = record


class StreetFirst(NotAwaitingReview):
    """The street has not passed the record yet."""


class OwnRecord(Exception):
    """Nobody reviews a record they filed."""


class PastTheLock(Exception):
    """The lock day has passed: to have it mended, the record is reopened."""


@dataclass(frozen=True)
class Return:
    """Why a record goes back, which cells are meant, and by when it is to be mended."""

    reasons: Sequence[str]
    comment: str
    mend_by: date
    cells: Sequence[str] = ()


@transaction.atomic
def open_for_review(*, record: MonthlyRecord, by: User) -> None:
    """A reviewer looks at it: from now on it is not withdrawn."""
    rows = MonthlyRecord.objects.filter(pk=record.pk, opened_at=None, submitted_at__isnull=False)
    if by.pk != record.submitted_by_id and rows.update(opened_at=timezone.now()):
        record.refresh_from_db(fields=["opened_at"])


@transaction.atomic
def accept_by_street(*, record: MonthlyRecord, seen: int, by: User) -> MonthlyRecord:
    """The street's review: on to who accepts. Raises `OwnRecord`, `NotAwaitingReview`."""
    rows = MonthlyRecord.objects.awaiting_street()
    _step(rows, record, seen, by, street_accepted_at=timezone.now(), street_accepted_by=by)
    note(Step.STREET_ACCEPT, record, by)
    return record


@transaction.atomic
def accept(*, record: MonthlyRecord, seen: int, by: User) -> MonthlyRecord:
    """Take the record's numbers into the totals; past its lock day it is locked at once.

    Raises `OwnRecord`, `StreetFirst`, `NotAwaitingReview`.
    """
    now, today = timezone.now(), timezone.localdate()
    locked = {"locked_at": now} if record.locks_on < today else {}
    rows = MonthlyRecord.objects.awaiting_acceptance()
    _step(rows, record, seen, by, accepted_at=now, accepted_by=by, **locked)
    note(Step.ACCEPT, record, by)
    if locked:
        note(Step.LOCK, record, by)
    totals.add_up(record.street, record.month)
    return record


@transaction.atomic
def return_record(*, record: MonthlyRecord, seen: int, back: Return, by: User) -> MonthlyRecord:
    """Send the record back to its filer, who is told. The lock waits for the day it is to be
    mended by.

    Raises `OwnRecord`, `PastTheLock`, `NotAwaitingReview`.
    """
    if record.locks_on < timezone.localdate():
        raise PastTheLock(record.pk)
    before = totals.standing_of(record)
    rows = MonthlyRecord.objects.filter(submitted_at__isnull=False, accepted_at=None)
    filer = record.submitted_by
    _step(
        rows,
        record,
        seen,
        by,
        **NOT_FILED,
        returned_at=timezone.now(),
        returned_by=by,
        mend_by=back.mend_by,
        marked=[*back.cells],
        locks_on=max(record.locks_on, back.mend_by),
    )
    note(
        Step.RETURN,
        record,
        by,
        reasons=[*back.reasons],
        comment=back.comment,
        cells=[*back.cells],
        until=back.mend_by,
    )
    totals.count(record, before)
    announce_return(record, filer, by)
    return record


NOT_FILED: dict[str, Any] = {
    "submitted_at": None,
    "submitted_by": None,
    "opened_at": None,
    "street_accepted_at": None,
    "street_accepted_by": None,
}


def _step(
    rows: MonthlyRecordQuerySet, record: MonthlyRecord, seen: int, by: User, **changes: Any
) -> None:
    """Change a filed record that stands as the reviewer saw it, else say what stands in the way."""
    if by.pk == record.submitted_by_id:
        raise OwnRecord(record.pk)
    mine = rows.filter(pk=record.pk, version=seen)
    if not mine.update(**changes, version=F("version") + 1):
        _refuse(record)
    for name, value in changes.items():
        setattr(record, name, value)
    record.version = seen + 1


def _refuse(record: MonthlyRecord) -> None:
    now = MonthlyRecord.objects.select_related("station__area").get(pk=record.pk)
    awaits_street = now.submitted_at and now.street_first and not now.street_accepted_at
    raise (StreetFirst if awaits_street and not now.accepted_at else NotAwaitingReview)(now)
