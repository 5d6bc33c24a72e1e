"""The Celery tasks; each is a line or two into what does the work."""

import os
from typing import Any

from celery import Task, shared_task
from django.db.models.functions import Now

from jobs import execution, files, sweeping
from jobs.actions import imports
from jobs.models import CityImport, WorkerHeartbeat
from jobs.orphans import holder_name
from tenancy.context import tenant_context
from tenancy.models import Tenant


@shared_task(bind=True, name="jobs.run", Request="jobs.orphans:WatchedRequest")
def run(self: Any, tenant_id: int, job_id: int) -> None:
    """Do one job of one tenant."""
    execution.execute(tenant_id, job_id, holder_name(self.request.hostname, os.getpid()))


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring again for what nobody picked up."""
    sweeping.sweep()


@shared_task(bind=True, name="jobs.heartbeat")
def heartbeat(self: Task) -> None:
    """Prove that a queue is worked off."""
    queue = self.request.delivery_info["routing_key"]
    WorkerHeartbeat.objects.bulk_create(
        [WorkerHeartbeat(queue=queue, at=Now())],
        update_conflicts=True,
        unique_fields=["queue"],
        update_fields=["at"],
    )


@shared_task(name="jobs.forget_imports")
def forget_imports() -> None:
    """Remove the workbooks that nobody decided on, and those that no row names."""
    named: set[str] = set()
    for tenant in Tenant.objects.all():
        with tenant_context(tenant.pk):
            imports.forget_old()
            named.update(CityImport.objects.values_list("file", flat=True))
    files.remove_strays(CityImport.FOLDER, named)
