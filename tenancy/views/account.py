"""The own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tenancy.actions import people
from tenancy.display import forget_wishes, show_as_wished
from tenancy.forms.account import AccountForm, PasswordForm
from tenancy.http import UserRequest
from tenancy.views.sign_in import REFUSED


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: UserRequest) -> HttpResponse:
    """Name, language and size of type; the own offices are for reading."""
    form = AccountForm(request.POST or None, instance=request.user)
    if form.is_valid():
        people.change_account(user=request.user, changes=form.cleaned_data)
        messages.success(request, _("账号已保存。"))
        response = redirect("tenancy:account")
        forget_wishes(response)
        show_as_wished(response, request.user, request)
        return response
    context = {"form": form, "offices": _own_offices(request)}
    return render(request, "tenancy/account.html", context, status=REFUSED if form.errors else 200)


def _own_offices(request: UserRequest) -> object:
    held = request.user.appointments.select_related("area", "organisation", "tenant")
    return held.in_force(timezone.localdate()).order_by("starts_on")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: UserRequest) -> HttpResponse:
    """A new password; the person's other sessions end with the old one."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        people.change_password(user=request.user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
        return redirect("tenancy:account")
    return render(
        request, "tenancy/password.html", {"form": form}, status=REFUSED if form.errors else 200
    )
