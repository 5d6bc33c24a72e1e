"""审计: who saw and who changed what; looking for something here is itself written down."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dashboard.acts.form import ActFilter
from dashboard.acts.lines import lines
from dashboard.acts.listing import Wanted, acts
from dashboard.acts.workbook import workbook
from jobs.imports.sheets import CONTENT_TYPE
from tenancy import audit
from tenancy.areas.lookup import Place, area_or_404
from tenancy.http import UserRequest, attachment
from tenancy.models import Area, AuditEvent
from tenancy.permissions import Permission

ROWS = 50
MOST_EXPORTED = 20_000
LAST_SEQ = 2**63 - 1


@require_safe
def act_list(request: UserRequest) -> HttpResponse:
    """The acts within reach, the newest first, from a number downwards."""
    area, form = _area(request), ActFilter(request.user, request.GET)
    found: list[AuditEvent] = []
    if form.is_valid():
        wanted = form.wanted(area)
        found = list(acts(request.user, wanted).filter(seq__lt=_before(request))[: ROWS + 1])
        _note_search(request, wanted)
    context = {
        "form": form,
        "lines": lines(request.user, found[:ROWS]),
        "older": found[ROWS - 1].seq if len(found) > ROWS else None,
        "is_newest": "before" not in request.GET,
        "export_url": _export_url(request),
    }
    return render(request, "dashboard/act_list.html", context)


def _area(request: UserRequest) -> Area | None:
    code, level = request.GET.get("area", ""), request.GET.get("level", "")
    if code:
        return area_or_404(request.user, code, level, Permission.VIEW_AUDIT)
    if not request.user.paths_where(Permission.VIEW_AUDIT):
        raise PermissionDenied
    return None


def _before(request: UserRequest) -> int:
    """Where the page begins; rows that come in meanwhile do not move it."""
    given = request.GET.get("before", "")
    readable = given.isdecimal() and len(given) <= len(str(LAST_SEQ))
    return min(int(given), LAST_SEQ) if readable else LAST_SEQ


def _note_search(request: UserRequest, wanted: Wanted) -> None:
    if wanted.narrows:
        _note("search-audit", request, wanted)


def _note(verb: str, request: UserRequest, wanted: Wanted, **more: Any) -> None:
    place = wanted.area.path if wanted.area else ""
    audit.record(verb=verb, by=request.user, place=place, detail=wanted.as_detail() | more)


def _export_url(request: UserRequest) -> str:
    query = {name: value for name, value in request.GET.items() if name != "before" and value}
    return f"{reverse('dashboard:act-export')}?{urlencode(query)}"


@require_safe
def act_export(request: UserRequest) -> HttpResponse:
    """The list with its filters as a workbook."""
    area, form = _area(request), ActFilter(request.user, request.GET)
    if not form.is_valid():
        return _back(request)
    wanted = form.wanted(area)
    found = list(acts(request.user, wanted)[: MOST_EXPORTED + 1])
    if len(found) > MOST_EXPORTED:
        messages.warning(request, _("超过 20,000 行，请先缩短日期范围或增加筛选，再导出。"))
        return _back(request)
    _note("export-audit", request, wanted, rows=len(found))
    content = workbook(request.user, form, wanted, lines(request.user, found))
    name = f"{_('审计记录')}{timezone.localdate():%Y%m%d}.xlsx"
    return attachment(content, name, CONTENT_TYPE)


def _back(request: UserRequest) -> HttpResponse:
    """To the list, which says what is wrong with the filters."""
    return redirect(f"{reverse('dashboard:act-list')}?{request.GET.urlencode()}")


@require_safe
def act_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One act with everything that it says of itself."""
    rows = AuditEvent.objects.visible_to(request.user).select_related("actor")
    event = get_object_or_404(rows, pk=pk)
    context = {
        "line": lines(request.user, [event])[0],
        "mac": bytes(event.mac).hex(),
        "places": [Place(_("审计"), reverse("dashboard:act-list")), Place(str(event.seq), "")],
    }
    return render(request, "dashboard/act_detail.html", context)
