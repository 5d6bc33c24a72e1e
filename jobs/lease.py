"""The lease of a running job: kept by a thread of the process that does the work.

The thread dies with its process, so a killed process keeps nothing. It writes on a connection of
its own, in short transactions: progress is seen while the work's transaction is still open.
"""

import logging
from dataclasses import dataclass
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection

from jobs.models import Job
from jobs.models.job import JobQuerySet, next_lease
from jobs.running import Cancelled, Superseded
from tenancy.context import tenant_context

logger = logging.getLogger(__name__)
BEATS_A_LEASE = 4
PAUSE = 0.3  # seconds at least between two writes, however often work reports


@dataclass(frozen=True)
class Claim:
    """The right of one holder to end one job."""

    tenant_id: int
    job_id: int
    fence: int

    def rows(self) -> JobQuerySet:
        """The job's row, as long as the right is not void."""
        rows: JobQuerySet = Job.objects.filter(pk=self.job_id).held(self.fence)
        return rows


class Keeper(Thread):
    """Extends the lease, shows progress, and hears of cancellation."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(name=f"lease of job {claim.job_id}", daemon=True)
        self._claim = claim
        self._news, self._over = Event(), Event()
        self._progress: dict[str, object] = {}
        self._void = self._cancelled = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._news.set()
        self.join()

    def show(self, done: int, total: int | None, step: str) -> None:
        self._progress = {"done": done, "total": total, "step": step}
        self._news.set()

    def check(self) -> None:
        if self._void:
            raise Superseded
        if self._cancelled:
            raise Cancelled

    def run(self) -> None:
        """Write once every quarter of the lease, and soon after each report."""
        period = settings.JOB_LEASE_SECONDS / BEATS_A_LEASE
        try:
            while not self._over.wait(PAUSE):
                self._news.wait(period)
                self._news.clear()
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        try:
            self._write()
        except DatabaseTrouble:
            # The next beat tries again on a new connection; the fence guards what is between.
            logger.warning("the lease of job %s was not extended", self._claim.job_id)
            connection.close()

    def _write(self) -> None:
        with tenant_context(self._claim.tenant_id):
            rows = self._claim.rows()
            self._void = not rows.update(lease_until=next_lease(), **self._progress)
            self._cancelled = rows.filter(cancel_requested_at__isnull=False).exists()
