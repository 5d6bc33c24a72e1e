"""Reading totals: a place's months, and the quarters, halves and years that follow from them.

Longer periods are always derived, never kept: they cannot disagree with their months.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import RawSQL

from filings.models import AreaMonth, MonthlyRecord, RecordTemplate
from filings.template import filling
from filings.template.shapes import Figures, Indicator, OverTime, Template
from filings.totals.adding import COUNTS, summands
from filings.totals.counting import standing_of
from tenancy.models import Area
from tenancy.periods import Period

Numbers = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Total:
    """What a place's records come to over some months; on-time counts run with the others.

    `template` is the digest of the template that is for the month.
    """

    due: int = 0
    filed: int = 0
    on_time: int = 0
    returned: int = 0
    accepted: int = 0
    figures: Numbers = field(default_factory=dict)
    template: str = ""


# A place that followed another keeps its months: the closed row bears those before the day.
LINEAGE = """(
    WITH RECURSIVE line (id) AS (
        SELECT %s::bigint
        UNION
        SELECT former.id FROM tenancy_area AS former JOIN line ON former.successor_id = line.id
    )
    SELECT id FROM line
)"""


def lineage(area: Area) -> RawSQL:
    """The keys of the area and of those that it has followed, as part of a query."""
    return RawSQL(LINEAGE, [area.pk])


def by_month(area: Area, first: date, last: date) -> dict[date, Total]:
    """The totals of a place from one month to another; months without records are absent."""
    if area.level == Area.Level.STATION:
        return _of_station(area, first, last)
    rows = AreaMonth.objects.filter(area__in=lineage(area), month__range=(first, last))
    template = RecordTemplate.objects.for_month(OuterRef("month")).values("sha256")[:1]
    found: dict[date, list[AreaMonth]] = {}
    templates: dict[date, str] = {}
    for row in rows.annotate(template=Subquery(template)).order_by("month"):
        found.setdefault(row.month, []).append(row)
        templates[row.month] = row.template or ""
    return {month: _together(same, templates[month]) for month, same in found.items()}


def _of_station(area: Area, first: date, last: date) -> dict[date, Total]:
    """Of a station's own records; what is not accepted counts, without its numbers."""
    rows = MonthlyRecord.objects.filter(station__area=area, month__range=(first, last))
    rows = rows.select_related("template").defer("template__text", "texts", "explanations")
    return {record.month: of_record(record) for record in rows.order_by("month")}


def of_record(record: MonthlyRecord) -> Total:
    """One record as the total of its station's month."""
    figures = summands(record) if record.accepted_at else {}
    digest, standing = record.template.sha256, standing_of(record)
    return Total(1, *standing, figures=figures, template=digest)


def _together(rows: Sequence[AreaMonth], template: str) -> Total:
    """Places that were merged later, side by side in one month."""
    figures: dict[str, Decimal] = {}
    for row in rows:
        for code, value in row.figures.items():
            figures[code] = figures.get(code, Decimal(0)) + (value or 0)
    return Total(**_counts(rows), figures=figures, template=template)


def _counts(rows: Iterable[AreaMonth | Total]) -> dict[str, Any]:
    listed = [*rows]
    return {name: sum(getattr(row, name) for row in listed) for name in COUNTS}


def over(months: Mapping[date, Total], form: Template, period: Period) -> Total:
    """A longer period from its months: flows are added up, states are those of the last month.

    What the template computes is computed again: from the sums, or from the last month.
    """
    inside = [months[month] for month in sorted(months) if month in period]
    figures = {code: _over(inside, code, one) for code, one in form.typed.items()}
    known: dict[str, Decimal | None] = {
        code: value for code, value in figures.items() if value is not None
    }
    added = filling.computed(form, Figures(here=known))
    newest = next((one.figures for one in reversed(inside) if one.figures), {})
    last = filling.computed(form, Figures(here=newest))
    for one in form.computed:
        known[one.code] = (added if one.over_time is OverTime.SUM else last)[one.code]
    return Total(**_counts(inside), figures=known)


def _over(months: Sequence[Total], code: str, indicator: Indicator) -> Decimal | None:
    values = [value for one in months if (value := one.figures.get(code)) is not None]
    if not values:
        return None
    return sum(values, Decimal(0)) if indicator.over_time is OverTime.SUM else values[-1]


def with_computed(form: Template, figures: Numbers) -> dict[str, Decimal | None]:
    """A month's sums, and what the template computes from them."""
    return {**figures, **filling.computed(form, Figures(here=figures))}
