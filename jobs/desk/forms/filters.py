"""What narrows a list of a ledger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.ledgers import Ledger
from tenancy.forms.fields import DayField


class RowFilter(forms.Form):
    """By place, words and day; an unreadable value narrows nothing."""

    area = forms.CharField(label=_("区划代码"), required=False, max_length=40)
    q = forms.CharField(label=_("编码或名称"), required=False, max_length=100)
    on = DayField(label=_("在此日有效"), required=False)
    only = forms.ChoiceField(label=_("只看"), required=False)

    def __init__(self, ledger: Ledger, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ledger.periods:
            del self.fields["on"]
        offered = [(word, narrowing.label) for word, narrowing in ledger.narrowings.items()]
        if offered:
            only: Any = self.fields["only"]
            only.choices = [("", _("全部")), *offered]
        else:
            del self.fields["only"]
