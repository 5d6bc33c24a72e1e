"""Records follow their stations: a month's record counts where the station sat at its end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from filings import totals
from filings.models import MonthlyRecord
from stations.models import Station, StationSeat
from tenancy.periods import month_of
from tenancy.scoping import in_force


def follow(*, stations: Sequence[Station], on: date, **_news: Any) -> None:
    """Receives `stations_reseated`: months that end on the day or later are counted anew."""
    rows = MonthlyRecord.objects.filter(station__in=stations, month__gte=month_of(on).first)
    moved = [record for record in rows.select_related("street") if _move(record)]
    for month in sorted({record.month for record in moved}):
        totals.rebuild(month)


def _move(record: MonthlyRecord) -> bool:
    """Put the record into the street of its last day; whether that is another one."""
    seats = StationSeat.objects.filter(in_force(record.period.last), station=record.station_id)
    street: int | None = seats.values_list("street", flat=True).first()
    if street is None or street == record.street_id:
        return False
    MonthlyRecord.objects.filter(pk=record.pk).update(street=street)
    return True
