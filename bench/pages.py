"""Server time and queries of pages."""

import gc
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
from tenancy.models import Tenant, User
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


def _page(client: Client, what: str, address: str, limit: str) -> Figure:
    client.get(address)
    gc.collect()
    gc.freeze()  # as the server does before it forks
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == HTTPStatus.OK
    sent = [query["sql"].lstrip("(") for query in queries.captured_queries]
    reads = [sql for sql in sent if sql.startswith("SELECT")]
    (times,) = time_each(lambda: client.get(address), rounds=ROUNDS)
    return Figure(
        what, f"p95 {times.p95:.1f} ms (p50 {times.p50:.1f}), {len(reads)} queries", limit
    )
