"""Who holds which office: listed, appointed, ended."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenancy.actions import appointments, people
from tenancy.areas.lookup import area_or_404, areas_matching, places, words_typed
from tenancy.forms.appointments import ENDED, AppointmentFilter, AppointmentForm
from tenancy.http import UserRequest
from tenancy.models import Appointment, Area
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tenancy.views.sign_in import REFUSED

ROWS = 50
SHOWN_WITH = ("user", "area", "organisation", "tenant")


@require_safe
def appointment_list(request: UserRequest) -> HttpResponse:
    """Offices within reach, by place."""
    form = AppointmentFilter(request.user, request.GET)
    rows = _narrowed(request, form).select_related(*SHOWN_WITH)
    page = Paginator(rows.order_by("area__path", "role", "pk"), ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "may_appoint": bool(request.user.paths_where(Permission.APPOINT)),
    }
    return render(request, "tenancy/appointment_list.html", context)


def _narrowed(request: UserRequest, form: AppointmentFilter) -> Any:
    form.is_valid()
    wanted = form.cleaned_data
    rows = Appointment.objects.visible_to(request.user)
    if wanted.get("area"):
        area = area_or_404(request.user, wanted["area"], request.GET.get("level", ""))
        rows = rows.below(area.path)
    if wanted.get("role"):
        rows = rows.filter(role=wanted["role"])
    over = Q(ended_at__isnull=False) | Q(ends_on__lt=timezone.localdate())
    return rows.filter(over) if wanted.get("state") == ENDED else rows.exclude(over)


@require_safe
def appointment_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One office, and the way to end it."""
    rows = Appointment.objects.visible_to(request.user).select_related(*SHOWN_WITH, "appointed_by")
    appointment = scoped_or_404(rows, request.user, Permission.VIEW_APPOINTMENT, pk=pk)
    context = {
        "appointment": appointment,
        "places": places(request.user, appointment.area),
        "may_end": not appointment.is_over
        and appointments.could_appoint(request.user, appointment),
    }
    return render(request, "tenancy/appointment_detail.html", context)


@require_POST
def appointment_end(request: UserRequest, pk: int) -> HttpResponse:
    """End an office at once."""
    appointment = scoped_or_404(Appointment, request.user, Permission.APPOINT, pk=pk)
    try:
        appointments.end(appointment=appointment, by=request.user)
    except appointments.BeyondOneself as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("任命已结束。"))
    return redirect("tenancy:appointment-detail", pk)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_new(request: UserRequest) -> HttpResponse:
    """First the place, then the person and the office."""
    code = request.GET.get("area", "")
    if not code:
        return _choose_area(request)
    level = request.GET.get("level", "")
    area = area_or_404(request.user, code, level, Permission.APPOINT)
    form = AppointmentForm(request.user, area, request.POST or None)
    if form.is_valid():
        return _appoint(request, form)
    return _form_page(request, form)


def _choose_area(request: UserRequest) -> HttpResponse:
    words = words_typed(request)
    rows = areas_matching(request.user, words, Permission.APPOINT)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "tenancy/appointment_area.html", {"page": page, "words": words})


def _form_page(request: UserRequest, form: AppointmentForm) -> HttpResponse:
    area: Area = form.area
    context = {"form": form, "area": area, "places": places(request.user, area)}
    status = REFUSED if form.errors else 200
    return render(request, "tenancy/appointment_new.html", context, status=status)


def _appoint(request: UserRequest, form: AppointmentForm) -> HttpResponse:
    try:
        appointment, password = _invite_and_appoint(request, form)
    except people.UsernameTaken:
        form.add_error("username", _("这个账号已被使用，请换一个；本区划内的人请选“已有账号”。"))
        return _form_page(request, form)
    except appointments.Refused as refusal:
        form.refuse(refusal)
        return _form_page(request, form)
    url = reverse("tenancy:appointment-detail", args=[appointment.pk])
    if not password:
        messages.success(request, _("任命已写入。"))
        return redirect(url)
    response = render(
        request,
        "tenancy/temporary_password.html",
        {"person": appointment.user, "password": password, "url": url},
    )
    response.headers["Content-Location"] = url
    return response


def _invite_and_appoint(request: UserRequest, form: AppointmentForm) -> tuple[Appointment, str]:
    person, password = form.existing, ""
    if person is None:
        data = form.cleaned_data
        person, password = people.invite(
            username=data["username"], name=data["name"], by=request.user
        )
    appointment = appointments.appoint(user=person, office=form.office(), by=request.user)
    return appointment, password
