"""Monthly records of stations as far as they had come by the end of a day, and their totals."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncDate
from django.utils import timezone

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.rules.shapes import RecordFacts, TotalFacts
from filings.models import MonthlyRecord, RecordTemplate
from filings.totals import agreement
from tenancy.models import Area
from tenancy.periods import anniversary, twelve_months

DAY = timedelta(days=1)


class Records:
    """Of the last two years: the project year before the running one began no earlier.

    What is due is due by the day that holds now: an extension holds from the beginning. A record
    that has been reopened since counts as not accepted. False where the tenant has no template:
    such a tenant keeps no records.
    """

    def __init__(self, stations: Iterable[int], on: date) -> None:
        self._by_station: dict[int, list[RecordFacts]] = defaultdict(list)
        self._templates = [*RecordTemplate.objects.only("sha256", "text")]
        for station, month, due_on, filed_on, accepted, hours in (
            self._rows(stations, on) if self else ()
        ):
            known = None if hours is None else Decimal(hours)
            record = RecordFacts(month, due_on, filed_on, accepted, known)
            self._by_station[station].append(record)

    def __bool__(self) -> bool:
        return bool(self._templates)

    def of(self, station: int) -> tuple[RecordFacts, ...]:
        return tuple(self._by_station[station])

    def _rows(self, stations: Iterable[int], on: date) -> Iterable[tuple[Any, ...]]:
        since, end = twelve_months(anniversary(on, -1))[0], _end(on)
        rows = MonthlyRecord.objects.filter(station__id__among=stations, month__range=(since, on))
        filed = When(first_submitted_at__lt=end, then=TruncDate("first_submitted_at"))
        return rows.order_by("month").values_list(
            *("station_id", "month", "due_on"),
            Case(filed, default=None),
            Case(When(accepted_at__lt=end, then=True), default=False),
            _hours(self._templates, end),
        )


def _end(on: date) -> datetime:
    """The first moment after the day."""
    return timezone.make_aware(datetime.combine(on + DAY, time()))


def _hours(templates: Iterable[RecordTemplate], end: datetime) -> Case:
    """The figure of each filed record that its template counts toward agreed hours."""
    codes = [(template.pk, template.form.hours) for template in templates]
    cases = (
        When(template=key, submitted_at__lt=end, then=KeyTextTransform(code, "figures"))
        for key, code in codes
        if code
    )
    return Case(*cases, default=None, output_field=TextField())


def totals(area: Area, places: Collection[int], on: date) -> tuple[TotalFacts, ...]:
    """The twelve months up to the day, both sides as they stand now; streets and wider places."""
    if area.level == Area.Level.STATION:
        return ()
    found = agreement(area, [*places], twelve_months(on))
    return tuple(TotalFacts(*row) for row in found.items())
