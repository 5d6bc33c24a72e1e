from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.utils.translation import gettext_lazy as _

from tenancy.forms.fields import PasswordField
from tenancy.models import User


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person may change of the own account."""

    language = forms.ChoiceField(
        label=_("界面语言"), choices=[("", _("跟随浏览器")), *settings.LANGUAGES], required=False
    )

    class Meta:
        model = User
        fields = ("name", "email", "language", "large_text")
        help_texts = {
            "email": _("填写后，每天早上收一封待办和未读消息的邮件（平台已设置邮件时）。")
        }


class PasswordForm(forms.Form):
    """The present password, and the new one twice."""

    present = PasswordField("current-password", label=_("当前密码"))
    new = PasswordField("new-password", label=_("新密码"))
    again = PasswordField("new-password", label=_("再输一次新密码"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = password_validators_help_text_html()
        if user.must_change_password:
            self.fields["present"].label = _("临时密码")

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError(_("当前密码不对，请重新输入。"))
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError(_("新密码与当前密码相同，请换一个。"))
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("new", again) != again:
            raise forms.ValidationError(_("两次输入的新密码不同，请再输一次。"))
        return again
