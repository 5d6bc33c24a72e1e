"""The forms that issue a notice, withdraw it, and filter the list."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from compliance.actions.notices import is_taken
from compliance.models import Notice
from compliance.models.notice import NUMBER_FORM
from compliance.notices.choosing import Choice
from tenancy.forms.fields import DayField

ALL = [("", _("全部"))]
TERM = timedelta(days=30)
TAKEN = _("这个发文字号已经用过。请改用新的字号，或先撤回原来的通知。")
# Neither paper nor document can hold them.
UNPRINTABLE = re.compile("[^\n\t\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PaperText(forms.CharField):
    """Text that goes onto paper: one line, or lines where the widget has several."""

    def to_python(self, value: Any) -> str:
        text = UNPRINTABLE.sub("", super().to_python(value) or "")
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())


class NoticeForm(forms.Form):
    """What a notice says besides the findings that were chosen."""

    kind = forms.ChoiceField(label=_("文种"), choices=Notice.Kind.choices, widget=forms.RadioSelect)
    number = PaperText(
        label=_("发文字号"),
        max_length=40,
        validators=[NUMBER_FORM],
        help_text=_("例如：穗民函〔2026〕12号，用六角括号。"),
    )
    issuer = PaperText(label=_("发文机关"), max_length=60, help_text=_("印在红头和落款处。"))
    addressee = PaperText(
        label=_("主送机关"), max_length=200, help_text=_("几个单位用顿号隔开，末尾不加冒号。")
    )
    signed_on = DayField(label=_("成文日期"))
    deadline = DayField(
        label=_("整改期限"),
        help_text=_("情况通报不设期限，所填日期不会写入。"),
    )
    remark = PaperText(
        label=_("补充说明"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写在工作要求之后，一行一段。"),
    )

    def __init__(self, choice: Choice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._judged_on, today = choice.run.on, timezone.localdate()
        self.fields["deadline"].required = self.data.get("kind") != Notice.Kind.BULLETIN
        self.initial = {
            "kind": Notice.Kind.RECTIFICATION.value,
            "issuer": choice.issuer(),
            "addressee": choice.addressee(),
            "signed_on": today,
            "deadline": today + TERM,
            **self.initial,
        }

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if is_taken(number):
            raise forms.ValidationError(TAKEN)
        return number

    def clean_addressee(self) -> str:
        addressee: str = self.cleaned_data["addressee"].rstrip("：: ")
        if not addressee:
            raise forms.ValidationError(_("请填写主送机关的名称。"))
        return addressee

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("成文日期晚于今天。请改正日期，或到那一天再出具。"))
        if day < self._judged_on:
            raise forms.ValidationError(_("成文日期早于所选事项的核验日。请改正日期。"))
        return day

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("kind") == Notice.Kind.BULLETIN:
            self.cleaned_data["deadline"] = None
        elif (day := self.cleaned_data.get("deadline")) and day <= timezone.localdate():
            self.add_error("deadline", _now("整改期限要晚于今天。请改正日期。"))

    def refuse_number(self) -> None:
        """Somebody else was quicker."""
        self.add_error("number", TAKEN)


class WithdrawForm(forms.Form):
    """Why a notice holds no longer."""

    reason = PaperText(label=_("撤回理由"), max_length=200)


class NoticeFilter(forms.Form):
    """By kind; what is not a choice does not narrow."""

    kind = forms.ChoiceField(label=_("文种"), required=False, choices=[*ALL, *Notice.Kind.choices])
