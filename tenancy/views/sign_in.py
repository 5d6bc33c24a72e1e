"""Signing in and out."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tenancy.actions import sign_ins
from tenancy.address import client_address
from tenancy.context import origin, tenant_context
from tenancy.display import show_as_wished
from tenancy.forms.sign_in import SignInForm
from tenancy.http import UserRequest, own_page
from tenancy.models import User

REFUSED, TOO_MANY = 422, 429


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a person in; who is in already is sent on."""
    target = own_page(request, request.POST.get("next") or request.GET.get("next", "/"))
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound:
        return _enter(request, form, target)
    return _page(request, form, target)


def _enter(request: HttpRequest, form: SignInForm, target: str) -> HttpResponse:
    with origin(request.id, client_address(request)):  # type: ignore[attr-defined]
        if form.is_valid() and form.user:
            _begin_session(request, form.user)
            response = redirect(target)
            show_as_wished(response, form.user, request)
            return response
        if form.is_wrong:
            sign_ins.record_failed_sign_in(username=form.cleaned_data["username"])
    return _page(request, form, target)


def _page(request: HttpRequest, form: SignInForm, target: str) -> HttpResponse:
    status = TOO_MANY if form.must_wait else REFUSED if form.is_bound else 200
    context = {"form": form, "next": "" if target == "/" else target}
    return render(request, "tenancy/sign_in.html", context, status=status)


def _begin_session(request: HttpRequest, user: User) -> None:
    """A new session key, in one transaction with the record of it."""
    with tenant_context(user.tenant_id):  # type: ignore[arg-type]
        login(request, user)
        sign_ins.record_sign_in(user=user)
    request.session["began"] = request.session["seen"] = timezone.now().timestamp()


@require_POST
def sign_out(request: UserRequest) -> HttpResponse:
    """End the session."""
    sign_ins.record_sign_out(user=request.user)
    logout(request)
    return redirect("tenancy:login")
