"""Records for measurements: a month drafted at many stations, and sixty months of a country."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from bench.figures import Figure, time_each
from bench.pages import page_figure, signed_in_at_the_root
from bench.place import analyze
from bench.trees import plant
from compliance.actions import evaluate
from filings import actions, totals
from filings.models import MonthlyRecord
from filings.models.fields import plain
from filings.template.reading import SHIPPED, read_template
from filings.template.shapes import Severity
from stations.models import Station
from stations.seating import settle
from tenancy.actions.tenants import create_tenant
from tenancy.areas.loading import sort_name
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant, User
from tenancy.periods import month_of
from tenancy.permissions import Role

TEXT = (SHIPPED / "guangzhou.toml").read_text("utf-8")
FORM = read_template(TEXT)
SINCE = re.compile(r'^since = ".*"', re.MULTILINE)
FORM_BODY = "application/x-www-form-urlencoded"
MONTHS, MANY, FEW = 60, 40_000, 200
CITIES, DISTRICTS, STREETS = 1, 10, 200
GIVEN = {
    "workers_on_post": 18,
    "workers_certified": 12,
    "supervision_sessions": 4,
    "supervision_hours": "8",
    "cases_opening": 12,
    "cases_opened": 3,
    "cases_closed": 2,
    "cases_complex": 1,
    "group_sessions": 9,
    "group_times": 96,
    "activities": 12,
    "activity_times": 420,
    "visits": 310,
    "calls": 260,
    "consultations": 90,
    "referrals": 2,
    "files_new": 14,
    "served_times": 1400,
    "served_persons": 620,
    "need_registered": 300,
    "need_covered": 300,
    "community_orgs": 6,
    "volunteers": 40,
    "volunteer_times": 60,
    "fund_raised": "3200.50",
    "hours_direct": "1650.5",
    "hours_indirect": "900",
    "hours_in_community": "1200",
    "spent_staff": "150000",
    "spent_service": "12000.40",
    "spent_other": "3000",
}
FIGURES = {code: Decimal(GIVEN.get(code, 0)) for code in FORM.typed}


def explained() -> dict[str, str]:
    """A sentence for every soft check: whichever speaks, it has its answer."""
    soft = (check.code for check in FORM.checks if check.severity is Severity.SOFT)
    return dict.fromkeys(soft, "情况属实。")


def month_before() -> date:
    """The first day of the month that is being filed."""
    today = timezone.localdate()
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def plant_filing(slug: str, stations: int) -> Tenant:
    """A city of two hundred streets with its stations, the month before opened for all."""
    tenant = create_tenant(slug=slug, name=slug, pack="guangzhou-2023", labels={})
    with tenant_context(tenant.pk):
        streets = _streets()
        _stations(streets, stations, slug)
        system = User.objects.system(tenant)
        actions.load_template(text=TEXT, by=system)
        actions.open_period(period=month_of(month_before()), by=system)
        far = timezone.localdate() + timedelta(days=20)
        MonthlyRecord.objects.update(street_first=False, locks_on=far)
    return tenant


def _streets() -> list[Area]:
    root = _area("440100000000", "city", None)
    districts = [_area(f"4401{n:02}000000", "district", root) for n in range(1, DISTRICTS + 1)]
    return [
        _area(f"{districts[n % DISTRICTS].code[:6]}{n:03}000", "street", districts[n % DISTRICTS])
        for n in range(STREETS)
    ]


def _area(code: str, level: str, parent: Area | None) -> Area:
    above = parent.path if parent else ""
    name = f"{level}{code}"
    return Area.objects.create(
        code=code,
        level=level,
        parent=parent,
        name=name,
        sort_name=sort_name(name),
        path=f"{above}{code}/",
        counts_for_coverage=level == "street",
    )


def _stations(streets: list[Area], count: int, slug: str) -> None:
    rows = []
    for number in range(count):
        code = f"{slug}-{number}"
        station = Station(code=code, name=code, mode="purchased", opened_on=date(2015, 1, 1))
        station.street = streets[number * len(streets) // count]
        rows.append(station)
    settle(rows)


# --- sixty months ---------------------------------------------------------------------------------

COPY_RECORDS = """
INSERT INTO filings_monthlyrecord (tenant_id, station_id, month, template_id, street_id, due_on,
    locks_on, street_first, figures, texts, unread, explanations, known, version, round, saved_at,
    saved_by_id, first_submitted_at, submitted_at, submitted_by_id, accepted_at, accepted_by_id,
    locked_at, marked)
SELECT tenant_id, station_id, (month - make_interval(months => back))::date, template_id,
    street_id, (due_on - make_interval(months => back))::date,
    (locks_on - make_interval(months => back))::date, street_first, figures, texts, unread,
    explanations, known, version, round, saved_at, saved_by_id,
    first_submitted_at - make_interval(months => back), submitted_at, submitted_by_id, accepted_at,
    accepted_by_id, locked_at, marked
FROM filings_monthlyrecord, generate_series(1, %s) AS back
WHERE month = %s
"""
COPY_TOTALS = """
INSERT INTO filings_areamonth
    (tenant_id, area_id, month, due, filed, on_time, returned, accepted, figures)
SELECT tenant_id, area_id, (month - make_interval(months => back))::date, due, filed, on_time,
    returned, accepted, figures
FROM filings_areamonth, generate_series(1, %s) AS back
WHERE month = %s
"""


def sixty_months(tenant: Tenant, stations: int) -> None:
    """Five years of accepted records at so many stations of the tenant's counting streets."""
    with tenant_context(tenant.pk):
        streets = [*Area.objects.counted().order_by("code")]
        _stations(streets, stations, tenant.slug)
        system = User.objects.system(tenant)
        actions.load_template(text=SINCE.sub('since = "2015-01"', TEXT, count=1), by=system)
        month = month_before()
        actions.open_period(period=month_of(month), by=system)
        other = User.objects.create(
            username=f"{tenant.slug}-accepts", name="accepts", tenant=tenant
        )
        now = timezone.now()
        MonthlyRecord.objects.update(
            figures=plain(FIGURES),
            saved_at=now,
            saved_by=system,
            first_submitted_at=now - timedelta(days=25),
            submitted_at=now,
            submitted_by=system,
            round=1,
            accepted_at=now,
            accepted_by=other,
        )
        totals.rebuild(month)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # two million rows take minutes
            cursor.execute(COPY_RECORDS, [MONTHS - 1, month])
            cursor.execute(COPY_TOTALS, [MONTHS - 1, month])


def measure() -> Iterator[Figure]:
    """The pages of five years at 200 and at 40,000 stations of one tree; an acceptance; a draft."""
    few, nation = (plant(slug, "0" * 12)[0] for slug in ("nation-of-few", "nation-of-many"))
    for tenant, stations in ((few, FEW), (nation, MANY)):
        sixty_months(tenant, stations)
        _judge(tenant)
    analyze()
    yield from _pages(few, nation)
    yield _accepting(nation)
    yield _saving(nation)


def _judge(tenant: Tenant) -> None:
    """Pages of places show what a run has found."""
    with tenant_context(tenant.pk):
        system = User.objects.system(tenant)
        evaluate(area=tenant.root(), on=timezone.localdate(), by=system)


def _pages(few: Tenant, many: Tenant) -> Iterator[Figure]:
    roots = [signed_in_at_the_root(tenant) for tenant in (few, many)]
    for what, address in (("progress board", "/records/board/"), ("area page, 12 months", "")):
        pairs = [(client, address or f"/areas/{root.code}/") for client, root in roots]
        yield page_figure(f"{what}, 40,000 stations × 60 months", *pairs)


def _accepting(nation: Tenant) -> Figure:
    """Database time of accepting: the record, its history, and the totals of five levels."""
    with tenant_context(nation.pk):
        system = User.objects.system(nation)
        other = User.objects.get(username=f"{nation.slug}-accepts")
        month = month_before()
        records = [
            *MonthlyRecord.objects.filter(month=month).select_related(
                "station__area", "street", "template"
            )[:50]
        ]
        times = [_accepted(record, system, other) for record in records]
    times.sort()
    return Figure(
        "accepting a record with totals through five levels, database time",
        f"median {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f}",
        "15 ms",
        "40,000 stations, 41,352 streets",
    )


def _accepted(record: MonthlyRecord, filer: User, by: User) -> float:
    MonthlyRecord.objects.filter(pk=record.pk).update(accepted_at=None, accepted_by=None)
    record.accepted_at = record.accepted_by = None
    record.street_first = False
    MonthlyRecord.objects.filter(pk=record.pk).update(street_first=False)
    clock = _Clock()
    with connection.execute_wrapper(clock):
        actions.accept(record=record, seen=record.version, by=by)
    return clock.seconds * 1000


def _saving(nation: Tenant) -> Figure:
    """A person types on: three cells go to the server, among sixty months of 40,000 stations."""
    client, _root = signed_in_at_the_root(nation, Role.OPERATOR)
    with tenant_context(nation.pk):
        last = MonthlyRecord.objects.filter(month=month_before()).order_by("-pk")[:1].get()
        MonthlyRecord.objects.filter(pk=last.pk).update(
            submitted_at=None,
            submitted_by=None,
            accepted_at=None,
            accepted_by=None,
            locks_on=timezone.localdate() + timedelta(days=20),
        )
    versions = count(last.version)
    address = f"/records/{last.pk}/draft/"

    def save() -> None:
        version = next(versions)
        body = urlencode(
            {"version": version, "cell.visits": version, "cell.calls": 7, "cell.activities": 3}
        )
        answer = client.patch(address, body, FORM_BODY, headers={"accept-encoding": ""})
        assert answer.json()["version"] == version + 1
        sizes.append(len(body) + len(answer.content))

    sizes: list[int] = []
    (times,) = time_each(save, rounds=100)
    return Figure(
        "saving a draft while it is typed",
        f"p95 {times.p95:.1f} ms (p50 {times.p50:.1f}), {max(sizes) / 1000:.1f} KB there and back",
        "40 ms, 2 KB",
        f"{len(FORM.typed)} cells to fill in",
    )


class _Clock:
    seconds = 0.0

    def __call__(self, execute: Any, *rest: Any) -> Any:
        start = perf_counter()
        try:
            return execute(*rest)
        finally:
            self.seconds += perf_counter() - start
