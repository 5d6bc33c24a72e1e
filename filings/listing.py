"""Which records a list shows, and what comes after one in the queue."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from filings.models import MonthlyRecord
from filings.models.record import MonthlyRecordQuerySet
from tenancy.models import User
from tenancy.periods import UnknownPeriod, parse_period
from tenancy.permissions import Permission

STATES = {
    "to-fill": Q(submitted_at=None, locked_at=None, returned_at=None),
    "returned": Q(returned_at__isnull=False),
    "filed": Q(submitted_at__isnull=False, accepted_at=None),
    "accepted": Q(accepted_at__isnull=False),
    "missed": Q(locked_at__isnull=False, accepted_at=None),
}


MOST_MONTHS = 36


def months_of(user: User) -> list[str]:
    """The months from the newest of which the person sees records to the first, at most 36.

    Asked for by their ends: to find each month, all records would be gone through.
    """
    rows = MonthlyRecord.objects.visible_to(user).values_list("month", flat=True)
    ends = [*rows.order_by("month")[:1].union(rows.order_by("-month")[:1], all=True)]
    if not ends:
        return []
    first, last = (month.year * 12 + month.month - 1 for month in (min(ends), max(ends)))
    months = range(last, max(first, last - MOST_MONTHS + 1) - 1, -1)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in months]


def month_named(text: str) -> date | None:
    """The first day of a month written as 2026-10; None for anything else."""
    try:
        period = parse_period(text)
    except UnknownPeriod:
        return None
    return period.first if len(text.strip()) == len("2026-10") and "Q" not in text else None


def narrowed(rows: MonthlyRecordQuerySet, wanted: Mapping[str, Any]) -> MonthlyRecordQuerySet:
    """By month, state and words in the station's name or code."""
    month = month_named(wanted.get("month") or "")
    rows = rows.filter(month=month) if month else rows
    rows = rows.filter(STATES[wanted["state"]]) if wanted.get("state") else rows
    words = wanted.get("q")
    if words:
        rows = rows.filter(Q(station__name__icontains=words) | Q(station__code__startswith=words))
    return rows


def awaiting(user: User) -> MonthlyRecordQuerySet:
    """What waits for the person's review: as the street, or as who accepts; never their own."""
    rows = MonthlyRecord.objects.exclude(submitted_by=user)
    street = rows.visible_to(user, Permission.REVIEW_RECORD).awaiting_street()
    district = rows.visible_to(user, Permission.ACCEPT_RECORD).awaiting_acceptance()
    if not user.paths_where(Permission.REVIEW_RECORD):
        return district
    if not user.paths_where(Permission.ACCEPT_RECORD):
        return street
    return rows.filter(Q(pk__in=street.values("pk")) | Q(pk__in=district.values("pk")))


def next_verb(record: MonthlyRecord) -> Permission:
    """What it takes to pass a filed record on."""
    first = record.street_first and record.street_accepted_at is None
    return Permission.REVIEW_RECORD if first else Permission.ACCEPT_RECORD
