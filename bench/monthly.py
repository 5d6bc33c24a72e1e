"""Two years of accepted records at every station of a tenant, and what its root keeps of them."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone
from psycopg2.extras import Json

from filings import actions
from filings.models import AreaMonth
from filings.template.reading import SHIPPED, read_template
from tenancy.context import tenant_context
from tenancy.models import Tenant, User
from tenancy.periods import anniversary, twelve_months

TEXT = (SHIPPED / "guangzhou.toml").read_text("utf-8")
FIGURES = dict.fromkeys(read_template(TEXT).typed, 100)
A_YEAR = 1200  # hours, as all months say
REPORT = """
INSERT INTO filings_monthlyrecord (tenant_id, station_id, month, template_id, street_id, due_on,
    locks_on, street_first, figures, texts, unread, explanations, known, version, round,
    first_submitted_at, submitted_at, submitted_by_id, accepted_at, accepted_by_id, marked)
SELECT app.tenant(), seat.station_id, month, %(template)s, seat.street_id, month + 35, month + 45,
    false, %(figures)s, '{}', '{}', '{}', '{}', 1, 1, month + 33, month + 33, %(filer)s, month + 34,
    %(reviewer)s, '{}'
FROM stations_stationseat AS seat, unnest(%(months)s::date[]) AS month
"""


def report(tenant: Tenant, stations: int) -> None:
    """The months that are over and due; the totals only where the rules compare them."""
    with tenant_context(tenant.pk):
        system = User.objects.system(tenant)
        reviewer = User.objects.create(
            username=f"{tenant.slug}-accepts-all", name="accepts", tenant=tenant
        )
        given = {
            "template": actions.load_template(text=TEXT, by=system)[0].pk,
            "figures": Json(FIGURES),
            "filer": system.pk,
            "reviewer": reviewer.pk,
            "months": _months(timezone.localdate()),
        }
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # a million rows take minutes
            cursor.execute(REPORT, given)
        kept = {code: number * stations for code, number in FIGURES.items()}
        counts = dict.fromkeys(("due", "filed", "on_time", "accepted"), stations)
        AreaMonth.objects.bulk_create(
            AreaMonth(area=tenant.root(), month=month, figures=kept, **counts)
            for month in given["months"]
        )


def _months(today: date) -> list[date]:
    both = [*twelve_months(anniversary(today, -1)), *twelve_months(today)]
    return [month for month in both if month + timedelta(days=35) < today]
