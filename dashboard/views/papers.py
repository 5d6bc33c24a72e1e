"""The pages of places on paper: asked for, and taken away once printed."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from dashboard import standings, tasks
from dashboard.forms import day_of
from jobs import actions as jobs
from jobs.models import Job
from tenancy import audit
from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest, attachment
from tenancy.permissions import Permission


@require_POST
def paper_request(request: UserRequest, code: str) -> HttpResponse:
    """Have the page printed with its day and filter."""
    level = request.GET.get("level", "")
    area = area_or_404(request.user, code, level, Permission.VIEW_FINDING)
    day, _form = day_of(request)
    on, asked = day.on.isoformat(), standings.wanted(request)
    job = jobs.request(
        kind=tasks.PAPER,
        area=area,
        params={"on": on, "standing": asked},
        by=request.user,
        effect_key=f"{area.pk} {on} {asked} {request.user.pk}",
    )
    return redirect("jobs:job-detail", job.pk)


@require_safe
def paper_file(request: UserRequest, pk: int) -> HttpResponse:
    """The printed page; who may no longer see the place's verdicts does not get it any more."""
    within_reach: Any = Job.objects.visible_to(request.user, Permission.VIEW_FINDING)
    job = get_object_or_404(within_reach.filter(kind=tasks.PAPER).select_related("area"), pk=pk)
    if job.status is Job.State.EXPIRED:
        return redirect("jobs:job-detail", job.pk)
    try:
        with default_storage.open((job.result or {}).get("file", "")) as file:
            content = file.read()
    except OSError as lost:
        raise Http404 from lost
    audit.record(verb="download-dashboard", by=request.user, target=job, place=job.area.path)
    name = f"{job.area.name}{job.params.get('on', '')}.pdf"
    return attachment(content, name, "application/pdf")
