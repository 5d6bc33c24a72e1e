"""Where jobs are asked for in tests that commit: a tenant, its root, and somebody with the verb."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import connection

from jobs import actions, doorbell
from jobs.models import Job
from jobs.registry import QUEUES
from tenancy.context import tenant_context
from tenancy.models import Area, AuditEvent, Tenant, User
from tests.factories import AreaFactory, UserFactory
from tests.jobs.kinds import EFFECT
from tests.jobs.workers import wait_until


class Desk:
    """Each method is a short transaction of its own, as requests are."""

    def __init__(self, tenant: Tenant, folder: Path) -> None:
        self.tenant, self.folder = tenant, folder
        with tenant_context(tenant.pk):
            self.root: Area = AreaFactory(
                level="city", code="440100000000", name="广州市", parent=None
            )
            self.user: User = UserFactory(role="city_authority", area=self.root)

    def ask(self, kind: str, *, by: User | None = None) -> Job:
        with tenant_context(self.tenant.pk):
            return actions.request(
                kind=kind,
                area=self.root,
                params={"folder": str(self.folder)},
                by=by or self.user,
            )

    def look(self, job: Job) -> Job:
        with tenant_context(self.tenant.pk):
            return Job.objects.get(pk=job.pk)

    def cancel(self, job: Job) -> None:
        with tenant_context(self.tenant.pk):
            actions.cancel(job=self.look(job), by=self.user)

    def effects(self) -> Counter[int]:
        """How often each job had its effect."""
        with tenant_context(self.tenant.pk):
            rows = AuditEvent.objects.filter(verb=EFFECT).values_list("detail__job", flat=True)
            return Counter(rows)

    def each_had_one_effect(self, *jobs: Job) -> bool:
        return self.effects() == Counter(job.pk for job in jobs)

    def open(self, attempt: int | None = None) -> None:
        """Let waiting jobs (or only those of an attempt) go on to their end."""
        (self.folder / ("open" if attempt is None else f"open.{attempt}")).touch()

    def pid(self, job: Job, attempt: int = 1, *, seconds: float = 30) -> int:
        """The process that works on an attempt, as soon as there is one."""
        path = self.folder / f"{job.pk}.{attempt}.pid"
        return int(wait_until(lambda: path.exists() and path.read_text(), seconds))

    def ended(self, *jobs: Job, seconds: float = 30) -> list[Job]:
        """The jobs' rows, once all have ended."""
        return wait_until(lambda: self._rows_if_ended(jobs), seconds)

    def _rows_if_ended(self, jobs: tuple[Job, ...]) -> list[Job] | None:
        rows = [self.look(job) for job in jobs]
        return rows if all(row.ended_at for row in rows) else None

    def settled(self) -> None:
        """Wait until no message is left that could still do something."""
        wait_until(lambda: doorbell.waiting("default") == 0)


def elsewhere(act: Callable[..., Any], *arguments: Any) -> Any:
    """What another process does meanwhile: on a connection of its own."""

    def in_thread() -> Any:
        try:
            return act(*arguments)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(in_thread).result()


@pytest.fixture
def empty_queues() -> None:
    """Nothing that earlier tests rang for is delivered now."""
    with current_app.connection_for_write() as connection:
        for queue in QUEUES:
            connection.default_channel.queue_purge(queue)


@pytest.fixture
def desk(tenant: Tenant, tmp_path: Path, empty_queues: None) -> Desk:
    return Desk(tenant, tmp_path)
