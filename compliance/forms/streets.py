"""Which period the reports of many streets are on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.forms.reports import periods_until
from tenancy.periods import Period, parse_period


class StreetReportsForm(forms.Form):
    """A period that has begun."""

    period = forms.ChoiceField(label=_("周期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["period"]
        field.choices = periods_until(timezone.localdate())

    @property
    def chosen(self) -> Period | None:
        """The period; None where it is no choice."""
        return parse_period(self.cleaned_data["period"]) if self.is_valid() else None
