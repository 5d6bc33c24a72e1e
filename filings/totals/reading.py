"""Reading totals: a place's months, and the quarters, halves and years that follow from them.

Longer periods are always derived, never kept: they cannot disagree with their months.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.expressions import RawSQL

from filings.models import AreaMonth, RecordTemplate
from filings.template import filling
from filings.template.shapes import Figures, Template
from filings.totals.adding import COUNTS
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
LINEAGE = """
WITH RECURSIVE line (id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT former.id FROM tenancy_area AS former JOIN line ON former.successor_id = line.id
)
SELECT id FROM line
"""


def lineage(area: Area) -> list[int]:
    """The area and those that it has followed, by key."""
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [[area.pk]])
        return [key for (key,) in cursor.fetchall()]


def by_month(area: Area, first: date, last: date) -> dict[date, Total]:
    """The totals of a place from one month to another; months without records are absent."""
    line = RawSQL(LINEAGE, [[area.pk]])
    rows = AreaMonth.objects.filter(area_id__in=line, month__range=(first, last))
    template = RecordTemplate.objects.for_month(OuterRef("month")).values("sha256")[:1]
    found: dict[date, list[AreaMonth]] = {}
    templates: dict[date, str] = {}
    for row in rows.annotate(template=Subquery(template)).order_by("month"):
        found.setdefault(row.month, []).append(row)
        templates[row.month] = row.template or ""
    return {month: _together(same, templates[month]) for month, same in found.items()}


def _together(rows: Sequence[AreaMonth], template: str) -> Total:
    """Places that were merged later, side by side in one month."""
    figures: dict[str, Decimal] = {}
    for row in rows:
        for code, value in row.figures.items():
            figures[code] = figures.get(code, Decimal(0)) + (value or 0)
    return Total(**_counts(rows), figures=figures, template=template)


def _counts(rows: Iterable[AreaMonth | Total]) -> dict[str, int]:
    listed = [*rows]
    return {name: sum(getattr(row, name) for row in listed) for name in COUNTS}


def over(months: Mapping[date, Total], form: Template, period: Period) -> Total:
    """A longer period from its months: flows are added up, states are those of the last month.

    What the template computes is computed again: a state from the last month's own numbers, since
    what it began with belongs to that month alone, anything else from the sums.
    """
    inside = [months[month] for month in sorted(months) if month in period]
    figures: dict[str, Decimal | None] = {}
    for code, indicator in form.typed.items():
        said = (one.figures.get(code) for one in inside)
        values = [value for value in said if value is not None]
        if values:
            flows = indicator.over_time == "sum"
            figures[code] = sum(values, Decimal(0)) if flows else values[-1]
    newest = next((one.figures for one in reversed(inside) if one.figures), {})
    return Total(**_counts(inside), figures=with_computed(form, figures) | _states(form, newest))


def _states(form: Template, month: Numbers) -> dict[str, Decimal | None]:
    """What is computed of the end of a month, from what that month says."""
    computed = filling.computed(form, Figures(here=month))
    states = [one.code for one in form.computed if one.over_time == "last"]
    return {code: computed[code] for code in states}


def with_computed(form: Template, figures: Numbers) -> dict[str, Decimal | None]:
    """The sums, and what the template computes from them."""
    return {**figures, **filling.computed(form, Figures(here=figures))}
