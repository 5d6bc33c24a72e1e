"""工作台: what there is to do first, then how one's places stand."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.findings import Status
from compliance.lines import Line, current_findings, line_of
from compliance.summary import summaries
from dashboard.first_steps import first_steps
from dashboard.offers import may_print, tiles
from dashboard.seats import stations_operating
from dashboard.surroundings import area_columns, area_rows
from jobs.models import Job
from tenancy.http import UserRequest
from tenancy.models import Area, Message, User
from tenancy.permissions import Permission
from tenancy.todos import waiting_for

ROWS = 50
PROBLEMS = 10
TODOS = 8
JOBS = 5


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """What waits for one, the first problems, then the own places and jobs.

    One place shows its numbers at once.
    """
    user, today = request.user, timezone.localdate()
    areas = _own_places(user)
    page = Paginator(areas, ROWS).get_page(request.GET.get("page"))
    figures = summaries(page, user)
    only = areas[0] if len(areas) == 1 else None
    problems, todos = _problems(user), waiting_for(user, today)
    context = {
        "todos": todos[:TODOS],
        "todos_total": len(todos),
        "today": today,
        "unread": Message.objects.visible_to(user).unread().count() if user.tenant else 0,
        "steps": first_steps(user, areas, figures),
        "page": page,
        "rows": area_rows(user, page, figures),
        "columns": area_columns(),
        "only": only,
        "operating": stations_operating(user, only, [], today) if only else None,
        "may_print": only is not None and may_print(user, only),
        "problems": problems[:PROBLEMS],
        "more_problems": len(problems) > PROBLEMS,
        "jobs": _jobs(user),
        **tiles(user, figures.get(only.pk) if only else None),
    }
    return render(request, "dashboard/home.html", context)


@require_safe
def todo_list(request: UserRequest) -> HttpResponse:
    """Everything that waits for one, by the day it is due."""
    today = timezone.localdate()
    todos = waiting_for(request.user, today)
    context = {"todos": todos, "todos_total": len(todos), "today": today}
    return render(request, "dashboard/todo_list.html", context)


def _own_places(user: User) -> list[Area]:
    """The outermost areas within reach, by code."""
    paths = user.paths_where(Permission.VIEW_AREA)
    rows = Area.objects.visible_to(user).filter(path__in=paths)
    return list(rows.in_force(timezone.localdate()).order_by("code"))


def _problems(user: User) -> list[Line]:
    """What is not met within reach: how the list begins that the page leads to."""
    rows = current_findings(user).filter(status=Status.NOT_MET.value)
    return [line_of(row) for row in rows[: PROBLEMS + 1]]


def _jobs(user: User) -> Any:
    """The person's own latest jobs."""
    rows = Job.objects.visible_to(user).filter(requested_by=user).select_related("area")
    return rows.order_by("-pk")[:JOBS]
