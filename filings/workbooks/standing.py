"""What stands in the records that somebody may fill in, for many at once."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from filings.facts import Sheet, around_all, content_of, sheet_of
from filings.models import MonthlyRecord
from filings.models.record import MonthlyRecordQuerySet
from filings.template.filling import cell_of
from tenancy.models import User
from tenancy.permissions import Permission


def within_reach(user: User) -> MonthlyRecordQuerySet:
    """Records that the person fills in, whatever has become of them."""
    return MonthlyRecord.objects.visible_to(user, Permission.FILL_RECORD)


def to_fill(user: User) -> MonthlyRecordQuerySet:
    """Those that can be filled in now."""
    return within_reach(user).fillable(timezone.localdate())


def whole(rows: MonthlyRecordQuerySet) -> list[MonthlyRecord]:
    """The records with station and template; a template that they share is read once."""
    joined = rows.select_related("station__area").prefetch_related("template")
    return [*joined.order_by("month", "station__code")]


def sheets_of(records: Iterable[MonthlyRecord]) -> dict[int, Sheet]:
    """What stands in each record and beside it; a fixed number of queries a month."""
    by_month: dict[date, list[MonthlyRecord]] = {}
    for record in records:
        by_month.setdefault(record.month, []).append(record)
    return {
        record.pk: sheet_of(record.template.form, content_of(record), beside[record.pk])
        for rows in by_month.values()
        for beside in (around_all(rows),)
        for record in rows
    }


def said_at(sheet: Sheet, cell: str) -> dict[str, str]:
    """The sentences that stand for soft checks which lead to the cell, by check."""
    said = sheet.content.explanations
    return {
        check.code: said[check.code]
        for check in sheet.form.checks
        if check.code in said and cell_of(check, sheet.form) == cell
    }


def in_one(sentences: Iterable[str]) -> str:
    """Several checks of a cell have one cell to be explained in."""
    return ";".join(dict.fromkeys(sentences))
