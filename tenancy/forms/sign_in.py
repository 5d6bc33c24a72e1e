from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tenancy import throttle
from tenancy.address import client_address
from tenancy.forms.fields import PasswordField, UserNameField
from tenancy.models import User


class SignInForm(forms.Form):
    """User name and password. What was wrong is told alike for every reason."""

    username = UserNameField()
    password = PasswordField("current-password", label=_("密码"))

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.must_wait = self.is_wrong = False
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autofocus": True}

    def clean(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name, "") for name in ("username", "password")}
        if all(given.values()):
            self._enter(given["username"], given["password"])
        return self.cleaned_data

    def _enter(self, username: str, password: str) -> None:
        address = client_address(self.request)
        if seconds := throttle.seconds_to_wait(username, address):
            self.must_wait = True
            raise forms.ValidationError(_too_soon(seconds))
        self.user = authenticate(self.request, username=username, password=password)
        if self.user is None:
            self.is_wrong = True
            throttle.failed(username, address)
            raise forms.ValidationError(
                _("账号或密码不对。请检查大小写后再试；临时密码过期或忘记密码，请联系单位管理员。")
            )
        throttle.succeeded(username, address)


def _too_soon(seconds: int) -> str:
    return ngettext(
        "这个账号在此处连续登录失败，请 %(seconds)s 秒后再试。",
        "这个账号在此处连续登录失败，请 %(seconds)s 秒后再试。",
        seconds,
    ) % {"seconds": seconds}
