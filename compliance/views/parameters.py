"""Parameters of the rules: what holds where, changed by an authority, ended, with the papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance import actions
from compliance.forms.parameters import EndForm, OverrideForm
from compliance.models import Override
from compliance.packs import Pack, load_pack
from compliance.refused_entries import REFUSALS
from compliance.standards import is_running, parameter_rows
from tenancy import audit
from tenancy.areas.lookup import area_or_404, places
from tenancy.documents import handed_out
from tenancy.http import UserRequest
from tenancy.models import Area
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tenancy.views.sign_in import REFUSED


@require_safe
def parameter_list(request: UserRequest) -> HttpResponse:
    """What the pack says, and what has been changed within reach."""
    if not request.user.paths_where(Permission.VIEW_FINDING):
        raise PermissionDenied
    pack = _pack(request)
    context = {
        "pack": pack,
        "rows": parameter_rows(request.user, pack),
        "own_areas": _own_areas(request),
        "today": timezone.localdate(),
    }
    return render(request, "compliance/parameter_list.html", context)


def _pack(request: UserRequest) -> Pack:
    return load_pack(request.user.tenant.pack if request.user.tenant else "")


def _own_areas(request: UserRequest) -> Any:
    """Where the person may change parameters, by code."""
    paths = request.user.paths_where(Permission.OVERRIDE_PARAMETER)
    rows = Area.objects.visible_to(request.user, Permission.OVERRIDE_PARAMETER)
    return rows.in_force(timezone.localdate()).filter(path__in=paths).order_by("code")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def override_new(request: UserRequest, code: str) -> HttpResponse:
    """Another value at an area and below it."""
    level = request.GET.get("level", "")
    area = area_or_404(request.user, code, level, Permission.OVERRIDE_PARAMETER)
    form = OverrideForm(area, _pack(request), request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            override = actions.override_parameter(area=area, by=request.user, **form.stated())
        except REFUSALS as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("调整已登记，下次核验起生效。"))
            return redirect("compliance:override-detail", override.pk)
    context = {"form": form, "area": area, "places": places(request.user, area)}
    status = REFUSED if form.is_bound else 200
    return render(request, "compliance/override_new.html", context, status=status)


@require_safe
def override_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One override with its paper."""
    override = _override(request, pk)
    return _page(request, override, EndForm())


def _override(request: UserRequest, pk: int) -> Override:
    rows = Override.objects.visible_to(request.user).select_related("area", "made_by", "ended_by")
    found: Override = scoped_or_404(rows, request.user, Permission.VIEW_FINDING, pk=pk)
    return found


def _page(request: UserRequest, override: Override, form: EndForm) -> HttpResponse:
    may = Override.objects.visible_to(request.user, Permission.OVERRIDE_PARAMETER)
    running = override.ended_at is None and is_running(override, timezone.localdate())
    context = {
        "override": override,
        "form": form,
        "may_end": running and may.filter(pk=override.pk).exists(),
        "places": places(request.user, override.area),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "compliance/override_detail.html", context, status=status)


@require_POST
def override_end(request: UserRequest, pk: int) -> HttpResponse:
    """Have an override hold until a day only."""
    override = _override(request, pk)
    scoped_or_404(Override, request.user, Permission.OVERRIDE_PARAMETER, pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, override, form)
    try:
        last_day = form.cleaned_data["last_day"]
        actions.end_override(override=override, last_day=last_day, by=request.user)
    except REFUSALS as refusal:
        form.refuse(refusal)
        return _page(request, override, form)
    else:
        messages.success(request, _("已登记结束日期。"))
    return redirect("compliance:override-detail", pk)


@require_safe
def override_document(request: UserRequest, pk: int) -> HttpResponse:
    """The paper; taking it away is written down."""
    override = _override(request, pk)
    response = handed_out(override.document, f"{override.area.name}{override.rule}")
    audit.record(
        verb="download-document", by=request.user, target=override, place=override.area.path
    )
    return response
