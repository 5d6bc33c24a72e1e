"""Filing over HTTP: an arrival rate held, and the highest rate beside a bare insert's."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from bench.bare import TABLE
from bench.figures import Figure
from bench.place import LOGS, analyze, environment_of
from bench.records import FIGURES, FORM, explained, month_before, plant_filing
from config.embedded.children import start, stop_all
from config.embedded.processes import LOOPBACK, accepts, free_port, wait_until
from config.run import WEB
from filings.models import MonthlyRecord
from filings.models.fields import plain
from filings.template.expressions import WORKDAYS
from tenancy.actions.appointments import Office, appoint
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant, User
from tenancy.permissions import Role

CLIENTS, PAUSE, HELD = 200, 1.75, 180.0
STATIONS = 26_000
HIGHEST_CLIENTS, HIGHEST_SECONDS = 16, 20.0
# Of each person's records: those filed while the server warms up, and some left between the runs.
EARLY, SPARE, WARM_SECONDS = 5, 5, 5.0
CSRF = "c" * 32


def measure() -> Iterator[Figure]:
    """Two hundred people file what they have drafted; then as fast as it goes, on both sides."""
    tenant = plant_filing("filing", STATIONS)
    filers = _filers(tenant)
    drafts = _drafted(tenant, filers)
    _make_table()
    analyze()
    connections.close_all()
    with _served(WEB[2], "bench.serving") as port:
        first = {key: rows[:EARLY] for key, rows in drafts.items()}
        warm = _run(port, _posts(port, first, HIGHEST_CLIENTS), WARM_SECONDS, 0)
        then = {key: rows[EARLY:] for key, rows in drafts.items()}
        held = _run(port, _posts(port, then, CLIENTS), HELD, PAUSE)
        yield _held(held)
        last = {key: rows[len(held["taken"]) // CLIENTS + SPARE :] for key, rows in then.items()}
        most = _run(port, _posts(port, last, HIGHEST_CLIENTS), HIGHEST_SECONDS, 0)
    bare = (*WEB[2][:-1], "bench.bare")
    with _served(bare, "") as port:
        requests = [[_request("/insert/1/", port)] * 20_000 for _ in range(HIGHEST_CLIENTS)]
        other = _run(port, requests, HIGHEST_SECONDS, 0)
    rate, beside = (len(run["taken"]) / run["took"] for run in (most, other))
    _nothing_was_blocked(tenant, warm, held, most)
    yield Figure(
        "filing as fast as it goes, 16 clients",
        f"{rate:.0f} a second, {_refused(most)}",
        "",
        f"a bare view that inserts a row: {beside:.0f} a second ({beside / rate:.1f} ×)",
    )


def _held(run: dict[str, Any]) -> Figure:
    p95 = quantiles(run["taken"], n=20)[-1] * 1000
    rate = len(run["taken"]) / run["took"]
    return Figure(
        f"filing by {CLIENTS} clients, {PAUSE} s pause, {HELD:.0f} s",
        f"{rate:.0f} a second, p95 {p95:.0f} ms, {_refused(run)}",
        "100 a second, 250 ms",
        f"{len(run['taken'])} filed, each with checks, history, audit and counts",
    )


def _nothing_was_blocked(tenant: Tenant, *runs: dict[str, Any]) -> None:
    """Each answer was a record filed: a blocked one is sent on as well."""
    with tenant_context(tenant.pk):
        filed = MonthlyRecord.objects.filter(submitted_at__isnull=False).count()
    assert filed == sum(len(run["taken"]) for run in runs), filed


def _refused(run: dict[str, Any]) -> str:
    """What was not filed, by status."""
    odd = {status: count for status, count in run["statuses"].items() if status != "302"}
    return f"refused {odd}" if odd else "none refused"


def _filers(tenant: Tenant) -> dict[int, User]:
    """By street, an operator's person at each of two hundred streets."""
    with tenant_context(tenant.pk):
        system = User.objects.system(tenant)
        streets = [*Area.objects.counted().order_by("code")[:CLIENTS]]
        people = {}
        for number, street in enumerate(streets):
            user = User.objects.create(username=f"filer-{number}", name="filer", tenant=tenant)
            office = Office(Role.OPERATOR, street, timezone.localdate())
            appoint(user=user, office=office, by=system)
            people[street.pk] = user
    return people


def _drafted(tenant: Tenant, filers: dict[int, User]) -> dict[str, list[int]]:
    """Every record filled in; by session, the records that its person files."""
    found: dict[str, list[int]] = {}
    with tenant_context(tenant.pk):
        MonthlyRecord.objects.update(
            figures=plain(FIGURES),
            texts=dict.fromkeys(FORM.texts, "走访重点对象，完成建档。"),
            explanations=explained(),
            saved_at=timezone.now(),
            known=plain({WORKDAYS: Decimal(20)}),
            known_at=timezone.now(),
            saved_by=next(iter(filers.values())),
        )
        rows = MonthlyRecord.objects.filter(month=month_before()).order_by("pk")
        by_street: dict[int, list[int]] = {}
        for street, key in rows.values_list("street", "pk"):
            by_street.setdefault(street, []).append(key)
    for street, user in filers.items():
        client = Client()
        client.force_login(user)
        found[client.cookies[settings.SESSION_COOKIE_NAME].value] = by_street[street]
    return found


def _posts(port: int, drafts: dict[str, list[int]], clients: int) -> list[list[bytes]]:
    """What each client sends; fewer clients than people take several people's records."""
    posts: list[list[bytes]] = [[] for _ in range(clients)]
    for own, (session, records) in zip(cycle(posts), drafts.items(), strict=False):
        own += [_request(f"/records/{key}/confirm/", port, session, "version=1") for key in records]
    return posts


def _request(path: str, port: int, session: str = "", body: str = "") -> bytes:
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {LOOPBACK}:{port}",
        f"Cookie: {cookies}",
        f"X-CSRFToken: {CSRF}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def _run(port: int, requests: list[list[bytes]], seconds: float, pause: float) -> dict[str, Any]:
    plan = {
        "port": port,
        "requests": [[one.decode() for one in own] for own in requests],
        "seconds": seconds,
        "pause": pause,
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.json"
        file.write_text(json.dumps(plan))
        done = subprocess.run(
            [sys.executable, "-m", "bench.clients", str(file)], check=True, capture_output=True
        )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _make_table() -> None:
    role = connection.settings_dict["USER"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id bigserial PRIMARY KEY, body text)")
        cursor.execute(f"GRANT INSERT ON {TABLE} TO {role}")
        cursor.execute(f"GRANT USAGE ON SEQUENCE {TABLE}_id_seq TO {role}")


@contextmanager
def _served(command: Sequence[str], module: str) -> Iterator[int]:
    port = free_port()
    environment = environment_of(port, module)
    server = start("web", command, LOGS / "submissions.log", environment)
    try:
        assert wait_until(lambda: accepts(port), seconds=30)
        yield port
    finally:
        stop_all([server])
