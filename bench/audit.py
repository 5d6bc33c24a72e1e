"""How many acts a second the audit chain takes from eight clients."""

from multiprocessing import get_context
from time import perf_counter

from django.db import connections

from bench.figures import Figure
from tenancy import audit
from tenancy.context import tenant_context
from tenancy.models import AuditEvent, Tenant, User

CLIENTS, WRITES = 8, 200


def measure(city: Tenant) -> list[Figure]:
    """Each write is a transaction of its own: context, note, append, commit to disk."""
    system = User.objects.get(tenant=city, is_system=True)
    with tenant_context(city.pk):
        before = AuditEvent.objects.count()
    connections.close_all()
    fork = get_context("fork")
    clients = [fork.Process(target=_write, args=(city.pk, system)) for _ in range(CLIENTS)]
    start = perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds = perf_counter() - start
    with tenant_context(city.pk):
        written = AuditEvent.objects.count() - before
    return [
        Figure(
            f"audit rows from {CLIENTS} clients",
            f"{written / seconds:.0f} a second",
            "300 a second",
            f"{written} rows, synced to disk",
        )
    ]


def _write(tenant_id: int, by: User) -> None:
    for _ in range(WRITES):
        with tenant_context(tenant_id):
            audit.record(verb="measure", by=by)
    connections.close_all()
