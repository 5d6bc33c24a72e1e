"""Writing to a draft that nobody has changed since it was read."""

from typing import Any, NoReturn

from django.db.models import F
from django.utils import timezone

from filings.models import MonthlyRecord
from tenancy.models import User
from tenancy.versions import Stale


class NotFillable(Exception):
    """The record lies with a reviewer, is locked, or its lock day has passed."""

    def __init__(self, record: MonthlyRecord) -> None:
        super().__init__(record.pk)
        self.record = record


def write(record: MonthlyRecord, seen: int, by: User, **changes: Any) -> None:
    """Write what differs to a draft that nobody has changed since; the row in hand follows."""
    changes = {name: value for name, value in changes.items() if value != getattr(record, name)}
    changes |= {"saved_at": timezone.now(), "saved_by": by}
    rows = MonthlyRecord.objects.fillable(timezone.localdate())
    rows = rows.filter(pk=record.pk, version=seen)
    if record.version != seen or not rows.update(**changes, version=F("version") + 1):
        refuse(record)
    for name, value in changes.items():
        setattr(record, name, value)
    record.version = seen + 1


def refuse(record: MonthlyRecord) -> NoReturn:
    """Say why a draft could not be written: somebody came first, or it is out of reach."""
    now = MonthlyRecord.objects.select_related("station__area").get(pk=record.pk)
    if now.is_fillable:
        raise Stale
    raise NotFillable(now)
