"""The totals from the records themselves: to make them anew, and to prove those kept.

Goes another way than the daily one: each record is added straight to every place above it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from filings.models import AreaMonth, MonthlyRecord
from filings.totals.adding import COUNTS, summands
from filings.totals.counting import above, standing_of
from filings.totals.locking import lock_month
from tenancy.models import Area

BATCH = 2000


@dataclass
class _Total:
    counts: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)

    def take(self, record: MonthlyRecord, numbers: dict[str, Decimal]) -> None:
        self.counts.update({"due": 1, **standing_of(record)._asdict()})
        self.figures.update(numbers)


@dataclass(frozen=True)
class Difference:
    """A total that is kept otherwise than the records add up to."""

    area: str
    month: date
    name: str
    kept: Any
    true: Any


def months() -> list[date]:
    """All for which there are records or totals."""
    records = MonthlyRecord.objects.order_by().values_list("month", flat=True).distinct()
    totals = AreaMonth.objects.order_by().values_list("month", flat=True).distinct()
    return sorted({*records, *totals})


def rebuild(month: date) -> None:
    """Write a month's totals anew."""
    lock_month(month)
    totals = _totals(month)
    AreaMonth.objects.filter(month=month).delete()
    AreaMonth.objects.bulk_create(
        (
            AreaMonth(area_id=area, month=month, figures=dict(total.figures), **_counts(total))
            for area, total in totals.items()
        ),
        batch_size=BATCH,
    )


def differences(month: date) -> Iterator[Difference]:
    """Where what is kept of a month is not what its records add up to."""
    totals = _totals(month)
    kept = {row.area_id: row for row in AreaMonth.objects.filter(month=month)}
    codes = dict(Area.objects.filter(pk__in={*totals, *kept}).values_list("pk", "code"))
    for area in sorted({*totals, *kept}, key=lambda one: codes[one]):
        true = totals.get(area, _Total())
        stored = kept.get(area, AreaMonth(month=month))
        for name, one, other in _compared(stored, true):
            if one != other:
                yield Difference(codes[area], month, name, one, other)


def _compared(stored: AreaMonth, true: _Total) -> Iterator[tuple[str, Any, Any]]:
    for name, number in _counts(true).items():
        yield name, getattr(stored, name), number
    for code in sorted({*stored.figures, *true.figures}):
        # An absent number and a sum of nothing are one thing.
        yield code, stored.figures.get(code) or 0, true.figures.get(code, 0)


def _counts(total: _Total) -> dict[str, int]:
    return {name: total.counts[name] for name in COUNTS}


def _totals(month: date) -> dict[int, _Total]:
    rows = MonthlyRecord.objects.filter(month=month).select_related("template", "street")
    by_path: dict[str, _Total] = defaultdict(_Total)
    for record in rows.defer("texts", "explanations").iterator(BATCH):
        numbers = summands(record) if record.accepted_at else {}
        for path in above(record.street.path):
            by_path[path].take(record, numbers)
    keys = dict(Area.objects.filter(path__in=[*by_path]).values_list("path", "pk"))
    return {keys[path]: total for path, total in by_path.items()}
