"""Is anybody working? Asked of what was done, not of processes: a living one may do nothing."""

from datetime import timedelta
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now

from jobs.models import Job, WorkerHeartbeat
from jobs.registry import QUEUES
from tenancy.context import tenant_context
from tenancy.models import Tenant


def heartbeat_ages() -> dict[str, timedelta | None]:
    """By queue, how long ago a worker last did something for it; None if never."""
    rows = WorkerHeartbeat.objects.annotate(age=_since("at"))
    return dict.fromkeys(QUEUES) | dict(rows.values_list("queue", "age"))


def longest_wait() -> timedelta:
    """How long the oldest job of any tenant waits for a worker; zero if none does."""
    return max(
        (_longest_wait(pk) for pk in Tenant.objects.values_list("pk", flat=True)),
        default=timedelta(),
    )


def _longest_wait(tenant_id: int) -> timedelta:
    with tenant_context(tenant_id):
        ages = Job.objects.claimable().annotate(age=_since("created_at")).order_by("created_at")
        return ages.values_list("age", flat=True).first() or timedelta()


def _since(instant: str) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(Now() - F(instant), output_field=DurationField())
