"""People within reach: their offices, a new temporary password, the end of an account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tenancy.actions import people
from tenancy.actions.appointments import may_manage
from tenancy.http import UserRequest
from tenancy.models import Appointment, User
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tenancy.views.appointments import SHOWN_WITH


@require_safe
def person(request: UserRequest, pk: int) -> HttpResponse:
    """One person, and those of the offices that lie within reach."""
    someone = scoped_or_404(User, request.user, Permission.VIEW_APPOINTMENT, pk=pk)
    offices = Appointment.objects.visible_to(request.user).filter(user=someone)
    context = {
        "person": someone,
        "offices": offices.select_related(*SHOWN_WITH).order_by("-starts_on", "pk"),
        "may_manage": may_manage(request.user, someone),
    }
    return render(request, "tenancy/person.html", context)


@require_POST
def reset_password(request: UserRequest, pk: int) -> HttpResponse:
    """A temporary password, shown on this page and nowhere else."""
    someone = scoped_or_404(User, request.user, Permission.APPOINT, pk=pk)
    try:
        password = people.reset_password(user=someone, by=request.user)
    except people.NotInYourHands as refusal:
        raise PermissionDenied from refusal
    context = {
        "person": someone,
        "password": password,
        "url": reverse("tenancy:person", args=[pk]),
    }
    return render(request, "tenancy/temporary_password.html", context)


@require_POST
def end_account(request: UserRequest, pk: int) -> HttpResponse:
    """Close an account with all its offices."""
    someone = scoped_or_404(User, request.user, Permission.APPOINT, pk=pk)
    try:
        people.end_account(user=someone, by=request.user)
    except people.NotInYourHands as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("账号已停用，任命随之结束。"))
    return redirect("tenancy:person", pk)
