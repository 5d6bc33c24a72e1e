"""A job from claim to end: claimed, done in one transaction that also ends it, or given back."""

import logging
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import close_old_connections, connection

from jobs import registry
from jobs.announcing import announce
from jobs.lease import Claim, Keeper
from jobs.models import Job
from jobs.registry import Kind
from jobs.running import Cancelled, CannotBeDone, RunningJob, Superseded
from tenancy.context import tenant_context
from tenancy.models import Area, User

logger = logging.getLogger(__name__)
Reason = Job.Reason
STATEMENT_LIMIT_MS = 600_000


class NotPermitted(Exception):
    """Whoever asked for the job may not have it done any more."""


class UnknownKind(Exception):
    """No app registers this kind of job."""


# What else no further attempt would mend, and how it is told.
REASONS: dict[type[Exception], Reason] = {
    NotPermitted: Reason.NOT_PERMITTED,
    SoftTimeLimitExceeded: Reason.TIME_LIMIT,
    UnknownKind: Reason.UNKNOWN_KIND,
}


def execute(tenant_id: int, job_id: int, holder: str) -> None:
    """Do the job if nobody else does or did; a second delivery of its message changes nothing."""
    with tenant_context(tenant_id):
        if not Job.objects.filter(pk=job_id).claim(holder):
            return
        job = Job.objects.get(pk=job_id)
    claim = Claim(tenant_id, job_id, job.fence)
    try:
        with Keeper(claim) as keeper:
            _work(claim, job, keeper)
    except Superseded:
        logger.warning("job %s went to another worker; the work of this one is void", job_id)
    except Exception as error:
        close_old_connections()  # the work may have lost its connection
        with tenant_context(tenant_id):
            _end_attempt(claim, job, error)


def _end_attempt(claim: Claim, job: Job, error: Exception) -> None:
    _note_end(claim, job, error)
    announce(job.pk)


def _note_end(claim: Claim, job: Job, error: Exception) -> None:
    if isinstance(error, Cancelled):
        claim.rows().end()
    elif isinstance(error, CannotBeDone):
        if claim.rows().end(Reason.REFUSED, str(error)):
            error.keep()
    elif reason := REASONS.get(type(error)):
        claim.rows().end(reason)
    else:
        logger.error("attempt %s of job %s failed", job.attempt, job.pk, exc_info=error)
        claim.rows().give_back(Reason.CRASHED, type(error).__name__)
        claim.rows().exhausted().end(Reason.CRASHED, type(error).__name__)


def _work(claim: Claim, job: Job, keeper: Keeper) -> None:
    kind = registry.find(job.kind)
    if kind is None:
        raise UnknownKind
    with tenant_context(claim.tenant_id):
        _allow_long_transaction(kind)
        area, by = _permitted(kind, job)
        running = RunningJob(job.params, area, by, job.pk, job.attempt, keeper)
        result = kind.run(running)
        _permitted(kind, job)
        _deliver(claim, result)


def _allow_long_transaction(kind: Kind) -> None:
    """Work may compute for long between two statements; the time limit bounds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true),"
            " set_config('idle_in_transaction_session_timeout', %s, true)",
            [str(STATEMENT_LIMIT_MS), str(kind.time_limit * 1000)],
        )


def _permitted(kind: Kind, job: Job) -> tuple[Area, User]:
    """The place and the person, read anew: rights may have ended since the job was asked for."""
    by = User.objects.filter(pk=job.requested_by_id, ended_at=None).first()
    area = by and Area.objects.visible_to(by, kind.verb).filter(pk=job.area_id).first()
    if by is None or area is None:
        raise NotPermitted
    return area, by


def _deliver(claim: Claim, result: dict[str, Any]) -> None:
    """End the job in the transaction of its effect, unless the right to do so is gone."""
    if not claim.rows().filter(cancel_requested_at=None).end(result=result):
        raise Cancelled if claim.rows().exists() else Superseded
    announce(claim.job_id)
