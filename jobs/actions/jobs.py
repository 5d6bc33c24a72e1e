"""What people do with jobs: ask for one, cancel it, try it again."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from jobs import doorbell
from jobs.models import Job
from tenancy import audit
from tenancy.models import Area, User


class AlreadyEnded(Exception):
    """The job has ended; there is nothing to cancel."""


class NotFailed(Exception):
    """Only a job that failed, was cancelled or has expired is tried again."""


class AlreadyUnderWay(Exception):
    """Another job for the same effect is under way."""


@transaction.atomic
def request(
    *, kind: str, area: Area, params: dict[str, Any], by: User, effect_key: str = ""
) -> Job:
    """Have something done after the commit; the same effect under way is not asked for twice.

    This is the one place that rings for new work; `params` holds ids and codes only.
    """
    same = Job.objects.unended().filter(kind=kind, effect_key=effect_key)
    try:
        with transaction.atomic():
            job: Job = Job.objects.create(
                kind=kind, area=area, params=params, requested_by=by, effect_key=effect_key
            )
    except IntegrityError as error:
        if "one_open_job_per_effect" not in str(error):
            raise
        return same.get()  # type: ignore[no-any-return]
    audit.record(
        verb="request-job", by=by, target=job, place=area.path, detail={"kind": kind, **params}
    )
    doorbell.ring_after_commit(job.pk, kind)
    return job


@transaction.atomic
def cancel(*, job: Job, by: User) -> None:
    """Stop a job: at once if it waits, at its next step if it runs. Nothing of it remains."""
    rows = Job.objects.unended().filter(pk=job.pk)
    if not rows.update(cancel_requested_at=Now(), cancel_requested_by=by):
        raise AlreadyEnded(job.pk)
    rows.idle().end()
    audit.record(verb="cancel-job", by=by, target=job, place=job.area.path)


@transaction.atomic
def retry(*, job: Job, by: User) -> None:
    """Three more attempts for a job without a result, in the name of who asks now."""
    over = Job.objects.filter(pk=job.pk, ended_at__isnull=False, result__isnull=True)
    try:
        with transaction.atomic():
            won = over.update(requested_by=by, **_AS_NEW)
    except IntegrityError as error:
        if "one_open_job_per_effect" not in str(error):
            raise
        raise AlreadyUnderWay(job.pk) from error
    if not won:
        raise NotFailed(job.pk)
    audit.record(verb="retry-job", by=by, target=job, place=job.area.path)
    doorbell.ring_after_commit(job.pk, job.kind)


_AS_NEW: dict[str, Any] = {
    "created_at": Now(),
    "published_at": Now(),
    "ended_at": None,
    "attempt": 0,
    "cancel_requested_at": None,
    "cancel_requested_by": None,
    "reason": "",
    "detail": "",
}
