"""Loading the facts and all rules: a city's stations, and the country's."""

from collections.abc import Callable
from dataclasses import dataclass
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest import mock

from django.db import connection
from django.utils import timezone

from bench import cities
from bench.figures import Figure, apart
from compliance import assessment
from compliance.actions.runs import keep
from compliance.facts import load
from compliance.findings import Status
from tenancy.context import tenant_context
from tenancy.models import Tenant, User

CITY, NATION = 203, 40_000
ROUNDS = 5


@dataclass(frozen=True)
class _Taken:
    """Seconds of one evaluation, and what else it took."""

    loading: float
    judging: float
    storing: float
    queries: int
    processor: float  # this process's own seconds of loading and judging, however busy the machine
    peak: float  # GB of the process, its start included

    @property
    def both(self) -> float:
        return self.loading + self.judging

    def beside(self) -> str:
        parts = (self.loading, self.judging, self.storing)
        seconds = "loading {:.2f} s, rules {:.2f} s; storing apart {:.2f} s".format(*parts)
        return f"{seconds}; peak {self.peak:.1f} GB"


def measure(city: Tenant, nation: Tenant) -> list[Figure]:
    """The city before and after the country, so that a drifting machine shows."""
    cities.fill(city, CITY)
    cities.fill(nation, NATION)
    of_city = [*apart(lambda: _evaluate(city, ROUNDS))]
    (of_nation,) = apart(lambda: _evaluate(nation, 1))
    of_city += apart(lambda: _evaluate(city, ROUNDS))
    typical = sorted(of_city, key=lambda one: one.both)[len(of_city) // 2]
    one, each = median(taken.both for taken in of_city) / CITY, of_nation.both / NATION
    own = of_nation.processor / NATION * CITY / median(taken.processor for taken in of_city)
    return [
        _figure(CITY, typical, "1 s"),
        _figure(NATION, of_nation, ""),
        Figure(
            f"cost a station, {NATION:,} to {CITY}",
            f"{each / one:.2f}",
            "0.90 to 1.10",
            f"{each * 1000:.2f} ms to {one * 1000:.2f} ms; in processor time {own:.2f}",
        ),
    ]


def _figure(stations: int, taken: _Taken, limit: str) -> Figure:
    workers = stations * cities.WORKERS
    return Figure(
        f"facts and all rules, {stations:,} stations, {workers:,} workers",
        f"{taken.both:.2f} s, {taken.queries} queries",
        limit,
        taken.beside(),
    )


def _evaluate(tenant: Tenant, rounds: int) -> list[_Taken]:
    """Once more than asked where there are several: the first round warms up."""
    taken = [_once(tenant) for _ in range(rounds + (rounds > 1))]
    return taken[-rounds:]


def _once(tenant: Tenant) -> _Taken:
    seen = _Seen()
    with tenant_context(tenant.pk), connection.execute_wrapper(seen.query):
        root, today = tenant.root(), timezone.localdate()
        pack = assessment.chosen_pack(tenant, today)
        with mock.patch.object(assessment, "load", seen.loading):
            start, own, before = perf_counter(), process_time(), seen.queries
            found = assessment.assess(root, today, pack)
            judged, own = perf_counter() - start, process_time() - own
            queries = seen.queries - before
        _check(found)
        start = perf_counter()
        keep(assessment=found, by=User.objects.system(tenant))
        stored = perf_counter() - start
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1e6
    return _Taken(seen.seconds, judged - seen.seconds, stored, queries, own, peak)


class _Seen:
    """Counts queries, and times the loading inside an assessment."""

    queries = 0
    seconds = 0.0

    def query(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)

    def loading(self, *arguments: Any) -> Any:
        start = perf_counter()
        loaded = load(*arguments)
        self.seconds = perf_counter() - start
        return loaded


def _check(found: assessment.Assessment) -> None:
    """Only streets without a station may stand out; else something else was timed than meant."""
    statuses = {one.status for one in found.findings if one.rule != "COV-01"}
    assert statuses <= {Status.MET, Status.NOT_APPLICABLE}, statuses
