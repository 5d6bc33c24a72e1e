"""The filter of findings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.wording import STATUSES, TITLES

ALL = [("", _("全部"))]


class FindingFilter(forms.Form):
    """By place, rule and status; what is not a choice does not narrow."""

    area = forms.CharField(label=_("区划代码"), required=False, max_length=40)
    rule = forms.ChoiceField(label=_("要求"), required=False, choices=[*ALL, *TITLES.items()])
    status = forms.ChoiceField(
        label=_("结论"),
        required=False,
        choices=[*ALL, *((status.value, word) for status, word in STATUSES.items())],
    )
