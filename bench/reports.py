"""Reports: our share of a PDF's time, many streets on workers, the memory of a process."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from resource import getpagesize
from time import perf_counter, sleep

from django.utils import timezone, translation

from bench import demo
from bench.figures import Figure, apart, time_each
from bench.place import LOGS, analyze
from compliance import actions, tasks
from compliance.models import Report
from compliance.reports import printing
from compliance.reports.contents import contents_of
from compliance.reports.streets import streets_of
from config.demo.places import GUANGZHOU
from config.embedded.children import start, stop_all
from config.run import WORKER
from jobs import collector
from jobs.models import Job
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant
from tenancy.periods import Period, month_of, quarter_of

STREETS, ROUNDS = 176, 20
PRINTED, EARLY = 200, 20  # reports of one process: in the end, and where it is first looked at
MB = 2**20


def measure(city: Tenant) -> Iterator[Figure]:
    """All on periods that run, so that each is as of today."""
    with tenant_context(city.pk):
        collector.spare_what_stays()
        yield _district()
    yield _streets(city)
    analyze()
    yield apart(lambda: _memory(city))


def _district() -> Figure:
    """The whole making of both files, and WeasyPrint alone with the same document."""
    area = Area.objects.get(code=GUANGZHOU.district, valid_to=None)
    period, by = month_of(timezone.localdate()), demo.official()
    report = actions.build_report(area=area, period=period, by=by)
    with translation.override(printing.LANGUAGE):
        html = printing.html_of(contents_of(report))
    ours, own = time_each(
        lambda: _tidied(printing.files_of(report)),
        lambda: _tidied(printing.set_pages(html)),
        rounds=ROUNDS,
    )
    return Figure(
        "report of a district, PDF and XLSX, to WeasyPrint's own time",
        f"{ours.p50 / own.p50:.2f}",
        "1.15",
        f"{ours.p50:.0f} ms (p95 {ours.p95:.0f}) to {own.p50:.0f} ms (p95 {own.p95:.0f})",
    )


def _tidied(_result: object) -> None:
    """Each pays for its own garbage, not for that of the one before."""
    gc.collect()


def _streets(city: Tenant) -> Figure:
    """One process does a half before and a half after the two, so that a drifting machine shows."""
    with tenant_context(city.pk):
        streets = list(streets_of(city.root(), demo.official()))[:STREETS]
    today, middle = timezone.localdate(), STREETS // 2
    one = _made(city, 1, streets[:middle], quarter_of(today))
    two = _made(city, 2, streets, month_of(today))
    one += _made(city, 1, streets[middle:], quarter_of(today))
    return Figure(
        f"{STREETS} street reports on two worker processes",
        f"{two:.1f} s, {one / two:.2f} × one",
        "20 s, 1.8 ×",
        f"{one:.1f} s on one",
    )


def _made(city: Tenant, processes: int, streets: Sequence[Area], period: Period) -> float:
    """Seconds from the order until the last one is there; each process has printed before."""
    with tenant_context(city.pk):
        warm = list(Area.objects.filter(level=Area.Level.DISTRICT).order_by("code"))[1:3]
    with _worker(processes):
        _order(city, warm[:processes], period)
        return _order(city, streets, period)


@contextmanager
def _worker(processes: int) -> Iterator[None]:
    label, name, command = WORKER
    own = {"ZHANDIAN_TEST_JOINED": "1"}  # the bench's database and queues
    command = (*command, "-c", str(processes))
    child = start(label, command, LOGS / f"{name}.log", {**os.environ, **own})
    try:
        yield
    finally:
        stop_all([child])


def _order(city: Tenant, areas: Sequence[Area], period: Period) -> float:
    with tenant_context(city.pk):
        by = demo.official()
        orders = [tasks.request_report(area, period, by=by).pk for area in areas]
    began = perf_counter()
    while _waiting(city, orders):
        sleep(0.1)
    return perf_counter() - began


def _waiting(city: Tenant, orders: Sequence[int]) -> bool:
    with tenant_context(city.pk):
        jobs = Job.objects.filter(pk__in=orders)
        failed = jobs.filter(ended_at__isnull=False, result=None)
        assert not failed.exists(), [job.error for job in failed]
        return jobs.filter(ended_at=None).exists()


def _memory(city: Tenant) -> Figure:
    """Resident memory of a process that does nothing else."""
    seen = []
    with tenant_context(city.pk):
        reports = Report.objects.filter(area__level=Area.Level.STREET).order_by("pk")
        for report in islice(cycle(list(reports)), PRINTED):
            printing.files_of(report)
            seen.append(_resident())
    early, late = seen[EARLY - 1], seen[-1]
    return Figure(
        f"memory of a process after {PRINTED} reports to {EARLY}",
        f"{late / early:.2f}",
        "1.10",
        f"{late / MB:.0f} MB to {early / MB:.0f} MB",
    )


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()
