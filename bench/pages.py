"""Server time and queries of the area page."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.figures import Figure, time_each
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
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    address = f"/areas/{root.code}/"
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    (times,) = time_each(lambda: client.get(address), rounds=ROUNDS)
    reads = [query for query in queries if query["sql"].lstrip("(").startswith("SELECT")]
    return [
        Figure(
            f"area page, {tenant.slug}",
            f"p95 {times.p95:.1f} ms (p50 {times.p50:.1f}), {len(reads)} queries",
            "40 ms, 12 queries",
        )
    ]
