"""Jobs whose process died, as the worker's parent process sees it.

The parent gives the lease back at once; nobody has to wait until it runs out.
"""

import logging
from typing import Any

from celery.worker.request import Request
from django.db import Error as DatabaseTrouble
from django.db import connection

from jobs.models import Job
from tenancy.context import tenant_context

logger = logging.getLogger(__name__)


def holder_name(hostname: str, pid: int) -> str:
    """Who holds a lease: one process of one worker."""
    return f"{hostname}:{pid}"


class WatchedRequest(Request):
    """A message in the hands of a child process."""

    def on_failure(self, *args: Any, **kwargs: Any) -> None:
        """The child died or could not even say how its work ended."""
        self._settle(Job.Reason.LOST)
        super().on_failure(*args, **kwargs)

    def on_timeout(self, soft: bool, timeout: float) -> None:  # noqa: FBT001
        """At the hard limit the child is killed; another attempt would meet the limit again."""
        if not soft:
            self._settle(Job.Reason.TIME_LIMIT)
        super().on_timeout(soft, timeout)

    def _settle(self, reason: Job.Reason) -> None:
        tenant_id, job_id = self.args
        try:
            with tenant_context(tenant_id):
                rows = Job.objects.unended().filter(pk=job_id, holder=self._holder)
                settle = rows.end if reason in Job.FINAL else rows.give_back
                settle(reason)
        except DatabaseTrouble:
            logger.warning("job %s waits until its lease runs out", job_id)
        finally:
            connection.close()  # children forked later must not inherit it

    @property
    def _holder(self) -> str:
        return holder_name(self.hostname, self.worker_pid or 0)
