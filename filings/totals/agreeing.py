"""Whether a place's totals are what its accepted records add up to, many months at once.

One statement, so that nobody's acceptance comes between the two sides.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from filings.models import RecordTemplate
from tenancy.models import Area

AGREEMENT = """
WITH taken AS (
    SELECT month, template_id, figures FROM filings_monthlyrecord
    WHERE accepted_at IS NOT NULL AND month = ANY(%(months)s) AND street_id = ANY(%(places)s)
), kept_months AS (
    SELECT month, accepted, figures FROM filings_areamonth
    WHERE area_id = %(area)s AND month = ANY(%(months)s)
), added (month, name, amount) AS (
    SELECT month, '', count(*)::numeric FROM taken GROUP BY month
    UNION ALL
    SELECT month, typed.code, sum((figures ->> typed.code)::numeric)
    FROM taken JOIN unnest(%(templates)s::bigint[], %(codes)s::text[]) AS typed (template, code)
        ON typed.template = taken.template_id
    GROUP BY month, typed.code
), kept (month, name, amount) AS (
    SELECT month, '', accepted::numeric FROM kept_months
    UNION ALL
    SELECT month, figure.code, figure.value::numeric
    FROM kept_months, jsonb_each_text(figures) AS figure (code, value)
)
SELECT month, bool_and(coalesce(kept.amount, 0) = coalesce(added.amount, 0))
FROM kept FULL JOIN added USING (month, name) GROUP BY month ORDER BY month
"""


def agreement(area: Area, places: Sequence[int], months: Sequence[date]) -> dict[date, bool]:
    """By month, for those of which there is anything; `places` are the area and all below it."""
    typed = [
        (template.pk, code)
        for template in RecordTemplate.objects.only("sha256", "text")
        for code in template.form.typed
    ]
    given: dict[str, Any] = {
        "area": area.pk,
        "places": [*places],
        "months": [*months],
        "templates": [template for template, _code in typed],
        "codes": [code for _template, code in typed],
    }
    with connection.cursor() as cursor:
        cursor.execute(AGREEMENT, given)
        return dict(cursor.fetchall())
