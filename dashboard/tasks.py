"""The job of this app: a place's page on paper; and what beat has it do."""

import secrets
from datetime import date
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from compliance.refusals import refused_plainly
from compliance.reports.printing import LANGUAGE, set_pages
from dashboard import records
from dashboard.days import Day
from dashboard.extracts import extract
from dashboard.panels import panels
from dashboard.pictures import drawings, frames, long_drawings
from dashboard.sheets import Value, about
from dashboard.surroundings import surroundings
from jobs.files import remove_strays
from jobs.models import Job
from jobs.registry import job
from jobs.running import CannotBeDone, RunningJob
from tenancy import audit, formats
from tenancy.context import tenant_context
from tenancy.models import Tenant
from tenancy.permissions import Permission

PAPER = "dashboard-paper"
FOLDER = "papers"
TIME_LIMIT = 120
MOST_ROWS = 300


def _paper_of(job: Job) -> str:
    return reverse("dashboard:paper-file", args=[job.pk])


@job(
    PAPER,
    verb=Permission.VIEW_FINDING,
    title=_("区划情况 PDF"),
    queue="reports",
    time_limit=TIME_LIMIT,
    steps={"print": _("正在排版。")},
    result_url=_paper_of,
)
def print_paper(running: RunningJob) -> dict[str, Any]:
    """Print the page of the job's area as of `on`, narrowed to `standing`."""
    running.progress(0, 1, "print")
    on, asked = date.fromisoformat(running.params["on"]), running.params["standing"]
    with translation.override(LANGUAGE), refused_plainly(CannotBeDone):
        content = set_pages(render_to_string("dashboard/paper.html", _contents(running, on, asked)))
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.pdf", ContentFile(content))
    audit.record(
        verb="print-dashboard",
        by=running.by,
        place=running.area.path,
        detail={"on": str(on), "narrowed": asked},
    )
    running.progress(1, 1)
    return {"file": name}


def _contents(running: RunningJob, on: date, asked: str) -> dict[str, Any]:
    """The rows of the page, what they are of, and its charts."""
    area, by = running.area, running.by
    children = surroundings(by, area, on).children
    sheet, scope = extract(by, area, Day(on), asked)
    drawn = [
        *drawings(by, area, scope.own, on),
        *records.drawings(records.year_of(by, area, on)),
        *long_drawings(area, children, scope.figures),
    ]
    return {
        "area": area,
        "about": about(scope),
        "own": scope.own,
        "sheet": sheet,
        "rows": [[_cell(value) for value in row] for row in sheet.rows[:MOST_ROWS]],
        "left_out": max(0, len(sheet.rows) - MOST_ROWS),
        "pictures": [one for one in panels(*frames(drawn, "dashboard/_figure.html")) if one],
    }


def _cell(value: Value) -> dict[str, Any]:
    """A value in words; numbers stand on the right."""
    if isinstance(value, str):
        return {"text": value, "is_number": False}
    return {"text": formats.num(value), "is_number": True}


@shared_task(name="dashboard.forget_papers")
def forget_papers() -> None:
    """Remove the papers printed long ago, and those that no job names."""
    named: set[str] = set()
    for tenant in Tenant.objects.all():
        with tenant_context(tenant.pk):
            printed = Job.objects.filter(kind=PAPER, result__isnull=False)
            printed.filter(ended_at__lt=timezone.now() - settings.PAPERS_KEPT).expire()
            named.update(printed.values_list("result__file", flat=True))
    remove_strays(FOLDER, named)
