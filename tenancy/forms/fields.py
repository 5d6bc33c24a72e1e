"""Fields that several forms share."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_PASSWORD = 128


class UserNameField(forms.CharField):
    """A user name as people type it: full-width letters and capitals are folded."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("账号"), max_length=60, **kwargs)
        self.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", super().to_python(value) or "").lower()


class PasswordField(forms.CharField):
    """A password: taken as typed, never sent back."""

    def __init__(self, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **kwargs)


class DayField(forms.DateField):
    """A day; the browser's own picker where there is one."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
