"""The totals of the places above a record, made anew from the bottom up.

A street's row comes from its accepted records, every other row from the rows just below it.
"""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.db import connection

from filings.models import AreaMonth, MonthlyRecord
from filings.totals.counting import Standing, standing_of
from filings.totals.locking import lock_month
from tenancy.models import Area

COUNTS = ("due", "filed", "on_time", "returned", "accepted")
FROM_BELOW = """
INSERT INTO filings_areamonth AS total
    (tenant_id, area_id, month, due, filed, on_time, returned, accepted, figures)
SELECT app.tenant(), %(area)s, %(month)s, coalesce(sum(below.due), 0),
    coalesce(sum(below.filed), 0), coalesce(sum(below.on_time), 0),
    coalesce(sum(below.returned), 0), coalesce(sum(below.accepted), 0),
    coalesce((
        SELECT jsonb_object_agg(code, amount) FROM (
            SELECT figure.code, sum(figure.value::numeric) AS amount
            FROM filings_areamonth AS each JOIN tenancy_area AS place ON place.id = each.area_id,
                jsonb_each_text(each.figures) AS figure (code, value)
            WHERE place.parent_id = %(area)s AND each.month = %(month)s
            GROUP BY figure.code
        ) AS added
    ), '{}')
FROM filings_areamonth AS below JOIN tenancy_area AS place ON place.id = below.area_id
WHERE place.parent_id = %(area)s AND below.month = %(month)s
ON CONFLICT (tenant_id, area_id, month) DO UPDATE SET
    due = excluded.due, filed = excluded.filed, on_time = excluded.on_time,
    returned = excluded.returned, accepted = excluded.accepted, figures = excluded.figures
"""


def add_up(street: Area, month: date) -> None:
    """Renew the totals of a street and of everything above it."""
    lock_month(month)
    _add_records(street, month)
    for place in _above(street):
        with connection.cursor() as cursor:
            cursor.execute(FROM_BELOW, {"area": place, "month": month})


def _above(street: Area) -> list[int]:
    """The places above a street, the nearest first."""
    rows = Area.objects.ancestors_of(street.path).exclude(pk=street.pk)
    return [*rows.order_by("-path").values_list("pk", flat=True)]


def _add_records(street: Area, month: date) -> None:
    rows = MonthlyRecord.objects.filter(street=street, month=month).select_related("template")
    records = [*rows.defer("texts", "explanations")]
    standings = [standing_of(record) for record in records]
    counted = Standing(*map(sum, zip(*standings, strict=True))) if standings else Standing()
    values = {"due": len(records), **counted._asdict(), "figures": figures_of(records)}
    AreaMonth.objects.bulk_create(
        [AreaMonth(area=street, month=month, **values)],
        update_conflicts=True,
        unique_fields=["tenant", "area", "month"],
        update_fields=[*values],
    )


def figures_of(records: list[MonthlyRecord]) -> dict[str, Decimal]:
    """What the accepted ones of the records add up to, by indicator."""
    total: Counter[str] = Counter()
    for record in records:
        if record.accepted_at is not None:
            total.update(summands(record))
    return dict(total)  # type: ignore[arg-type]


def summands(record: MonthlyRecord) -> dict[str, Decimal]:
    """The typed numbers of a record; what is computed follows from sums, never from parts."""
    typed = record.template.form.typed
    return {
        code: value for code, value in record.figures.items() if value is not None and code in typed
    }
