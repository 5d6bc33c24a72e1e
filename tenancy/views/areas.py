"""The tree: corrected, changed on a day. The area's own page belongs to the dashboard."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenancy import versions
from tenancy.actions import areas
from tenancy.areas.lookup import area_or_404, places
from tenancy.forms.areas import AreaForm, MergeForm, ReplaceForm, stored
from tenancy.http import UserRequest
from tenancy.models import Area
from tenancy.permissions import Permission
from tenancy.views.sign_in import REFUSED


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, code: str) -> HttpResponse:
    """Correct an area; a stale edit is shown beside what stands now."""
    area = _changeable(request, code)
    form = AreaForm(area, request.POST or None)
    if not form.is_valid():
        return _page(request, area, form, "area_edit")
    try:
        seen, changes = form.cleaned_data["version"], form.changes()
        areas.change_area(area=area, seen=seen, changes=changes, by=request.user)
    except versions.Stale:
        return _conflict(request, area, form)
    messages.success(request, _("区划已保存。"))
    return redirect(area)


def _conflict(request: UserRequest, area: Area, form: AreaForm) -> HttpResponse:
    area.refresh_from_db()
    differences = versions.differences(form, stored(area))
    form.take_up(area.version)
    return _page(request, area, form, "area_edit", differences=differences, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: UserRequest, code: str) -> HttpResponse:
    """Another name, code or parent from a day on."""
    return _succession(request, code, ReplaceForm, "area_replace")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: UserRequest, code: str) -> HttpResponse:
    """Into another area of its level from a day on."""
    return _succession(request, code, MergeForm, "area_merge")


def _succession(
    request: UserRequest, code: str, form_class: type[ReplaceForm | MergeForm], template: str
) -> HttpResponse:
    area = _changeable(request, code)
    form = form_class(request.user, area, request.POST or None)
    if not form.is_valid():
        return _page(request, area, form, template)
    try:
        successor = form.save()
    except areas.Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _page(request, area, form, template)
    messages.success(request, _("区划调整已写入。"))
    return redirect(successor)


def _changeable(request: UserRequest, code: str) -> Area:
    return area_or_404(request.user, code, request.GET.get("level", ""), Permission.CHANGE_AREA)


def _page(
    request: UserRequest, area: Area, form: Any, template: str, *, status: int = 0, **more: object
) -> HttpResponse:
    context = {"form": form, "area": area, "places": places(request.user, area), **more}
    status = status or (REFUSED if form.errors else 200)
    return render(request, f"tenancy/{template}.html", context, status=status)
