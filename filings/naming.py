"""How verdicts and people name a record: `440105001-01/2026-10`, its station and its month."""

from datetime import date

from django.urls import reverse

from filings.models import MonthlyRecord
from tenancy.models import User
from tenancy.periods import UnknownPeriod, month_of, parse_period


def address_of(user: User, code: str) -> str:
    """The page of the record so named, as far as the user may see it; empty where there is none."""
    station, _slash, month = code.rpartition("/")
    rows = MonthlyRecord.objects.visible_to(user).filter(station__code=station, month=_first(month))
    found = rows.values_list("pk", flat=True).first()
    return reverse("filings:record-detail", args=[found]) if found else ""


def _first(month: str) -> date | None:
    """The first day of a month; of no longer period."""
    try:
        first = parse_period(month).first
    except UnknownPeriod:
        return None
    return first if month_of(first).name == month else None
