"""Input of the pages of places."""

from datetime import date

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.days import Day
from tenancy.forms.fields import DayField

KEPT = ("level", "standing")


class DayForm(forms.Form):
    """The day that a page is about; empty means today."""

    on = DayField(
        label=gettext_lazy("查看哪一天"),
        required=False,
        error_messages={"invalid": gettext_lazy("看不出是哪一天。请写成 2026-10-31 这样。")},
    )

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到。请填今天或更早的日期。"))
        return day


def day_of(request: HttpRequest) -> tuple[Day, DayForm]:
    """The day that the address names; where it names none that can be, today, and the form why."""
    today, form = timezone.localdate(), DayForm(request.GET)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today
    kept = {name: request.GET[name] for name in KEPT if name in request.GET}
    return Day(on, is_past=on < today, kept=kept), form
