"""Findings: listed, explained, computed anew."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from compliance import tasks
from compliance.changes import changes_of
from compliance.forms.findings import FindingFilter
from compliance.lines import changed_link, current_findings, evidence_of, line_of, parameters_of
from compliance.models import Notice, Run, RunFinding
from compliance.notices.choosing import ASKING
from jobs import actions as jobs
from tenancy.areas.lookup import area_or_404, places
from tenancy.http import UserRequest
from tenancy.models import Area
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404

ROWS = 50


@require_safe
def finding_list(request: UserRequest) -> HttpResponse:
    """What the newest runs found within reach, the most urgent first."""
    area, form, rows = listed(request)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    runs = sorted({row.run for row in page}, key=lambda run: run.pk)
    context = {
        "form": form,
        "area": area,
        "places": places(request.user, area) if area else [],
        "page": page,
        "lines": [line_of(row) for row in page],
        "choosable": _choosable(request, page),
        "runs": runs,
        "changes": _changes(request, runs, area),
        "may_evaluate": area is not None and _may_evaluate(request, area),
    }
    return render(request, "compliance/finding_list.html", context)


def listed(request: UserRequest) -> tuple[Area | None, FindingFilter, Any]:
    """What the address asks for: its place, its filter, and the rows."""
    area = _area(request)
    form = FindingFilter({**request.GET.dict(), "area": area.code if area else ""})
    return area, form, _narrowed(current_findings(request.user, area), form)


def _area(request: UserRequest) -> Area | None:
    """The area that the address names, else the only topmost one within reach."""
    verb, code = Permission.VIEW_FINDING, request.GET.get("area", "").strip()
    if code:
        return area_or_404(request.user, code, request.GET.get("level", ""), verb)
    paths = request.user.paths_where(verb)
    if not paths:
        raise PermissionDenied
    if len(paths) > 1:
        return None
    only: Area | None = Area.objects.visible_to(request.user).filter(path=paths[0]).first()
    return only


def _narrowed(rows: Any, form: FindingFilter) -> Any:
    form.is_valid()
    wanted = {name: form.cleaned_data.get(name) for name in ("rule", "status")}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _changes(request: UserRequest, runs: list[Run], area: Area | None) -> dict[str, Any] | None:
    """What has changed since the run before, where one run tells of the whole page."""
    if len(runs) != 1 or area is None:
        return None
    changes = changes_of(runs[0], request.user, area)
    if changes.since is None:
        return None
    return {
        "since": changes.since,
        "failing": [changed_link(*one) for one in changes.failing],
        "mended": [changed_link(*one) for one in changes.mended],
    }


def _choosable(request: UserRequest, rows: Any) -> set[int]:
    """What the person may write into a notice."""
    own = request.user.paths_where(Permission.ISSUE_NOTICE)
    asking = (row for row in rows if row.status in ASKING)
    return {row.pk for row in asking if any(row.place.path.startswith(path) for path in own)}


def _may_evaluate(request: UserRequest, area: Area) -> bool:
    return any(area.path.startswith(one) for one in request.user.paths_where(Permission.EVALUATE))


@require_safe
def finding_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One verdict with clause, formula, rows and parameters."""
    rows = RunFinding.objects.visible_to(request.user).select_related("run", "place")
    row = scoped_or_404(rows, request.user, Permission.VIEW_FINDING, pk=pk)
    line = line_of(row)
    context = {
        "row": row,
        "line": line,
        "clause": line.clause_text,
        "places": places(request.user, row.place),
        "evidence": evidence_of(row),
        "parameters": parameters_of(row),
        "notices": _notices(request, row),
    }
    return render(request, "compliance/finding_detail.html", context)


def _notices(request: UserRequest, row: RunFinding) -> Any:
    """Where the verdict, of this run or another, has been told in writing; the newest first."""
    rows = Notice.objects.visible_to(request.user).naming(row.rule, row.kind, row.code)
    return rows.order_by("-issued_at", "-pk")


@require_POST
def request_evaluation(request: UserRequest, code: str) -> HttpResponse:
    """Have an area judged as of today."""
    area = area_or_404(request.user, code, request.POST.get("level", ""), Permission.EVALUATE)
    on = timezone.localdate().isoformat()
    job = jobs.request(
        kind=tasks.EVALUATE,
        area=area,
        params={"on": on},
        by=request.user,
        effect_key=f"{area.pk} {on}",
    )
    return redirect("jobs:job-detail", job.pk)
