"""A person on the roster: posts, certificates, supervision, and what the rules say about them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.findings import SubjectKind
from dashboard import careers
from dashboard.acts.things import acts_url
from dashboard.surroundings import surroundings
from dashboard.verdicts import lines_about
from staffing.models import Worker
from tenancy import audit
from tenancy.http import UserRequest
from tenancy.permissions import Permission


@require_safe
def worker(request: UserRequest, pk: int) -> HttpResponse:
    """One person, the name masked; the identity number is not even read. Who looked is kept."""
    rows = Worker.objects.visible_to(request.user).select_related("employer", "home")
    found = get_object_or_404(rows.defer("identity"), pk=pk)
    audit.record(verb="view-worker", by=request.user, target=found, place=found.home.path)
    return render(request, "dashboard/worker.html", _context(request, found))


def _acts_url(request: UserRequest, found: Worker) -> str:
    """Who saw and changed this person, for whoever reads the audit at the person's place."""
    may_read = found.home.path.startswith(request.user.paths_where(Permission.VIEW_AUDIT))
    return acts_url("workers", found.pk) if may_read else ""


def _context(request: UserRequest, found: Worker) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    placements = careers.placements(user, found)
    place = careers.place_of(found, placements, today)
    return {
        "worker": found,
        "acts_url": _acts_url(request, found),
        "left": found.left_on is not None and found.left_on < today,
        "places": surroundings(user, place, today).places,
        "lines": lines_about(user, place, SubjectKind.WORKER, [found.code]),
        "placements": placements,
        "certificates": careers.certificates(user, found),
        "assignments": careers.assignments(user, found, placements, today),
    }
