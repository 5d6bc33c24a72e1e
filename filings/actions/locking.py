"""Locking: what is accepted goes to the archive, what was never filed is closed."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings import totals
from filings.models import MonthlyRecord, RecordEvent
from filings.steps import Step, note
from tenancy.models import User


@transaction.atomic
def lock_due(*, today: date, by: User) -> int:
    """Lock the records whose lock day has passed; how many. What awaits review is left to it."""
    rows = MonthlyRecord.objects.filter(locked_at=None, locks_on__lt=today)
    due = rows.exclude(submitted_at__isnull=False, accepted_at=None)
    records = [*due.select_related("station__area", "street", "template").order_by("pk")]
    return sum(_lock(record, by) for record in records)


def _lock(record: MonthlyRecord, by: User) -> bool:
    former = _accepted_before(record) if record.reopened_at and not record.accepted_at else None
    if former is not None:
        return _lapse(record, former, by)
    if not _write(record, locked_at=timezone.now()):
        return False
    note(Step.LOCK, record, by)
    return True


def _accepted_before(record: MonthlyRecord) -> RecordEvent | None:
    """What the record said when it was accepted last."""
    accepted: RecordEvent | None = (
        record.events.filter(step=Step.ACCEPT).order_by("-at", "-pk").first()
    )
    return accepted


def _lapse(record: MonthlyRecord, former: RecordEvent, by: User) -> bool:
    """Nothing was filed while the record was open: what was accepted holds again."""
    filed = record.events.filter(step=Step.SUBMIT, round__lte=former.round).order_by("-round")
    filing = filed.first()
    if filing is None or not _write(
        record,
        figures=former.figures,
        texts=former.texts,
        explanations=former.explanations,
        unread={},
        submitted_at=filing.at,
        submitted_by=filing.by,
        accepted_at=former.at,
        accepted_by=former.by,
        returned_at=None,
        returned_by=None,
        reopened_at=None,
        reopened_by=None,
        locked_at=timezone.now(),
    ):
        return False
    note(Step.LAPSE, record, by)
    totals.add_up(record.street, record.month)
    return True


def _write(record: MonthlyRecord, **changes: object) -> bool:
    rows = MonthlyRecord.objects.filter(pk=record.pk, version=record.version)
    written = bool(rows.update(**changes, version=F("version") + 1))
    if written:
        for name, value in changes.items():
            setattr(record, name, value)
        record.version += 1
    return written
