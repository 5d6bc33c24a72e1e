"""Server time and queries of pages."""

import gc
from functools import partial
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import demo
from bench.figures import Figure, time_each
from bench.place import analyze
from compliance import actions
from tenancy.actions.appointments import Office, appoint
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant, User
from tenancy.permissions import Role

ROUNDS = 100


def measure(tenant: Tenant) -> list[Figure]:
    """The page of the tenant's root, as its authority sees it."""
    with tenant_context(tenant.pk):
        user = User.objects.create(username=f"viewer-{tenant.slug}", name="viewer", tenant=tenant)
        root = tenant.root()
        office = Office(Role.CITY_AUTHORITY, root, timezone.localdate())
        appoint(user=user, office=office, by=User.objects.system(tenant))
        actions.evaluate(area=root, on=timezone.localdate(), by=user)
    analyze()
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(user)
    address = f"/areas/{root.code}/"
    return [_page(client, f"area page, {tenant.slug}", address, "40 ms, 12 queries")]


def dashboards(_city: Tenant) -> list[Figure]:
    """What the official of 203 stations opens."""
    client, limit = demo.signed_in(), "60 ms, 15 queries"
    return [
        _page(client, f"{what}, city of 203 stations with findings", address, limit)
        for what, address in demo.PAGES.items()
    ]


def signed_in_at_the_root(tenant: Tenant, role: Role = Role.CITY_AUTHORITY) -> tuple[Client, Area]:
    """Somebody with an office over the whole tenant, and its place."""
    with tenant_context(tenant.pk):
        root = tenant.root()
        name = f"{role.value}-{tenant.slug}".replace("_", "-")
        user = User.objects.create(username=name, name="viewer", tenant=tenant)
        office = Office(role, root, timezone.localdate())
        appoint(user=user, office=office, by=User.objects.system(tenant))
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(user)
    return client, root


def page_figure(what: str, few: tuple[Client, str], many: tuple[Client, str]) -> Figure:
    """A page among many rows and the same among few, in turn."""
    for client, address in (few, many):
        client.get(address)
    gc.collect()
    gc.freeze()
    reads = _reads(*many)
    small, large = time_each(
        *(partial(client.get, address) for client, address in (few, many)), rounds=ROUNDS
    )
    return Figure(
        what,
        f"p95 {large.p95:.1f} ms (p50 {large.p50:.1f}), {reads} queries",
        "50 ms, 1.2 × few, 15 queries",
        f"{large.p50 / small.p50:.2f} × 200 stations: {small.p95:.1f} ms (p50 {small.p50:.1f})",
    )


def _reads(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == HTTPStatus.OK
    sent = [query["sql"].lstrip("( \n") for query in queries.captured_queries]
    return sum(sql.startswith(("SELECT", "WITH")) for sql in sent)


def _page(client: Client, what: str, address: str, limit: str) -> Figure:
    client.get(address)
    gc.collect()
    gc.freeze()  # as the server does before it forks
    reads = _reads(client, address)
    (times,) = time_each(lambda: client.get(address), rounds=ROUNDS)
    return Figure(what, f"p95 {times.p95:.1f} ms (p50 {times.p50:.1f}), {reads} queries", limit)
