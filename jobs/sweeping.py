"""The sweeper: finds rows that nobody works on, and rings for them again or buries them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Now

from jobs import doorbell, registry
from jobs.announcing import announce
from jobs.models import Job
from tenancy.context import tenant_context
from tenancy.models import Tenant

LOCK_CLASS = 7402


@dataclass
class Found:
    """What waits for a worker, by queue, and what may be rung for again."""

    waiting: Counter[str] = field(default_factory=Counter)
    due: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)


def sweep() -> None:
    """Walk the tenants; then ring for what is due on queues that hold too few messages.

    A long queue is no reason to ring: its messages are there, only their turn has not come.
    """
    found = Found()
    for tenant_id in Tenant.objects.values_list("pk", flat=True):
        with tenant_context(tenant_id):
            if _alone(tenant_id):
                _bury()
                _look(tenant_id, found)
    for queue, jobs in found.due.items():
        if doorbell.waiting(queue) < found.waiting[queue]:
            doorbell.ring(jobs)


def _alone(tenant_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_CLASS, tenant_id])
        won: bool = cursor.fetchone()[0]
    return won


def _bury() -> None:
    """End what was to be cancelled when its worker died, and what has no attempt left."""
    Job.objects.idle().filter(cancel_requested_at__isnull=False).end()
    lost = list(Job.objects.exhausted().values_list("pk", flat=True))
    Job.objects.filter(pk__in=lost).exhausted().end(Job.Reason.LOST)
    for job_id in lost:
        announce(job_id)


def _look(tenant_id: int, found: Found) -> None:
    claimable = Job.objects.claimable()
    for kind, number in claimable.values_list("kind").annotate(Count("pk")).order_by():
        found.waiting[registry.queue_of(kind)] += number
    pause = Now() - timedelta(seconds=settings.JOB_REPUBLISH_SECONDS)
    due = claimable.filter(Q(lease_until__isnull=False) | Q(published_at__lt=pause))
    for job_id, kind in due.order_by("pk").values_list("pk", "kind"):
        found.due.setdefault(registry.queue_of(kind), []).append((tenant_id, job_id, kind))
    due.update(published_at=Now(), lease_until=None, holder="")
