"""Whoever asked for a job is told of its end: the page with its progress may be left."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jobs import registry
from jobs.models import Job
from tenancy import messages
from tenancy.actions import messages as actions
from tenancy.models import Message, User

DONE, FAILED = "job_done", "job_failed"
KINDS = {Job.State.DONE: DONE, Job.State.FAILED: FAILED}
messages.register(
    job_done=_("任务“%(job)s”已完成：%(area)s"),
    job_failed=_("任务“%(job)s”没有完成：%(area)s"),
)


def announce(job_id: int) -> None:
    """Send the message of an ended job; none while it goes on or where somebody cancelled it."""
    job = Job.objects.select_related("area__tenant", "requested_by").get(pk=job_id)
    kind = KINDS.get(job.status)
    if job.ended_at is None or kind is None:
        return
    message = Message(
        key=f"job {job.pk}",
        kind=kind,
        params={"job": _title(job), "area": job.area.name},
        url=reverse("jobs:job-detail", args=[job.pk]),
    )
    actions.send(message=message, to=[job.requested_by], by=User.objects.system(job.area.tenant))


def _title(job: Job) -> str:
    """As it stands in the source, so that each reader's language can say it."""
    known = registry.find(job.kind)
    with translation.override("zh-hans"):
        return str(known.title) if known else job.kind
