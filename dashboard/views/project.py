"""A purchased project: its terms, its contract years, and what the rules say about them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.findings import SubjectKind
from dashboard.offers import may
from dashboard.roster import project_row
from dashboard.surroundings import surroundings
from dashboard.verdicts import lines_about
from procurement.models import Contract, Project
from tenancy.http import UserRequest
from tenancy.permissions import Permission


@require_safe
def project(request: UserRequest, pk: int) -> HttpResponse:
    """One project with its contracts and verdicts."""
    rows = Project.objects.visible_to(request.user).select_related("station__area", "operator")
    found = get_object_or_404(rows, pk=pk)
    return render(request, "dashboard/project.html", _context(request, found))


def _context(request: UserRequest, found: Project) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    place = found.station.area
    contracts: Any = Contract.objects.visible_to(user).filter(project=found)
    signed = list(contracts.select_related("project").order_by("year_no"))
    lines = lines_about(user, place, SubjectKind.PROJECT, [found.number])
    lines += lines_about(user, place, SubjectKind.CONTRACT, [one.code for one in signed])
    return {
        "project": found,
        "row": project_row(found, today),
        "places": surroundings(user, place, today).places,
        "lines": lines,
        "contracts": signed,
        "may_attest": may(user, Permission.CHANGE_PROJECT, place),
    }
