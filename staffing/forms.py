"""What is asked of those who look at an identity number or verify a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from staffing.models import Certificate
from tenancy.versions import VersionedForm

LEAST_REASON, LONGEST_REASON = 4, 200


class RevealForm(forms.Form):
    """Why the whole number is needed."""

    reason = forms.CharField(
        label=_("查看理由"),
        min_length=LEAST_REASON,
        max_length=LONGEST_REASON,
        help_text=_("至少 4 个字，写入审计记录；请不要写身份证号。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class VerificationForm(VersionedForm):
    """What came of comparing the certificate with the register."""

    verification = forms.ChoiceField(
        label=_("核验结论"),
        choices=[
            (one.value, one.label)
            for one in (Certificate.Verification.VERIFIED, Certificate.Verification.REJECTED)
        ],
        widget=forms.RadioSelect,
    )
