"""The forms around a record: returning, reopening, extending, filtering, the tenant's rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from filings.cells import text_of
from filings.models import FilingPolicy, MonthlyRecord, RecordEvent
from jobs.forms import UploadForm
from tenancy.forms.fields import DayField
from tenancy.versions import VersionedForm

ALL = ("", _("全部"))
SHORTEST = 10


class Sentence(forms.CharField):
    """What somebody has to say: a sentence, not a word."""

    def __init__(self, label: Any, *, max_length: int, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            max_length=max_length,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": 3}),
            validators=[MinLengthValidator(SHORTEST)],
        )

    def to_python(self, value: Any) -> str:
        return text_of(super().to_python(value))


class ReturnForm(VersionedForm):
    """Why a record goes back, and by when it is to be mended."""

    reasons = forms.MultipleChoiceField(
        label=_("退回原因"),
        choices=RecordEvent.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("至少选一项，可多选。"),
    )
    comment = Sentence(
        _("意见"), max_length=500, help_text=_("写明哪里不对、怎样改，10 至 500 字。")
    )
    workdays = forms.IntegerField(
        label=_("退改期限（工作日）"),
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class _UntilForm(VersionedForm):
    until = DayField(label=_("截止日期"))
    reason = Sentence(_("理由"), max_length=200, help_text=_("10 至 200 字，记入历史。"))

    def __init__(self, record: MonthlyRecord, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": record.version})
        super().__init__(*args, **kwargs)
        self.record = record


class ReopenForm(_UntilForm):
    """Until when an archived record may be filed again, and why."""

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError(_now("截止日期不能早于今天。"))
        return until


class ExtendForm(_UntilForm):
    """Until when a record is due after all, and why."""

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.record.due_on or until < timezone.localdate():
            raise forms.ValidationError(_now("延至的日期要晚于现在的应报日，且不早于今天。"))
        return until


class RecordFilter(forms.Form):
    """Which records a list shows."""

    SHOWN = [
        ALL,
        ("to-fill", _("待填报")),
        ("returned", _("已退回")),
        ("filed", _("待审核")),
        ("accepted", _("已接收")),
        ("missed", _("未报已锁")),
    ]
    month = forms.ChoiceField(label=_("月份"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=SHOWN)
    q = forms.CharField(label=_("社工站"), required=False, max_length=60)

    def __init__(self, months: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [ALL, *((month, month) for month in months)]  # type: ignore[attr-defined]


class FilledForm(UploadForm):
    """A workbook that somebody filled in, or its table as plain text."""

    plain = True
    file = forms.FileField(
        label=_("填好的表"),
        help_text=_("Excel 或 WPS 的 .xlsx、.xls 文件，或 .csv（UTF-8、GB18030），不超过 10 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": _("请选择一个文件。"), "empty": _("文件是空的。")},
    )


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """The tenant's clocks and who looks first."""

    class Meta:
        model = FilingPolicy
        fields = ["due_day", "lock_day", "street_first", "withdraw_minutes", "return_workdays"]
        help_texts = {
            "due_day": _("次月几日前报送，遇节假日顺延。"),
            "lock_day": _("次月几日后锁定，遇节假日顺延；要晚于应报日。"),
            "street_first": _("不勾选时，报送后直接由区接收。"),
            "withdraw_minutes": _("报送后多少分钟内、审核人未打开前可以撤回。"),
            "return_workdays": _("退回时默认给出的天数。"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        due, lock = cleaned.get("due_day"), cleaned.get("lock_day")
        if due is not None and lock is not None and lock <= due:
            self.add_error("lock_day", _now("锁定日要晚于应报日。"))
        return cleaned


class CalendarDayForm(forms.Form):
    """A day on which work is other than the week says."""

    WORK = [("0", _("放假")), ("1", _("上班"))]
    day = DayField(label=_("日期"))
    is_workday = forms.ChoiceField(label=_("安排"), choices=WORK, widget=forms.RadioSelect)
    name = forms.CharField(label=_("说明"), max_length=40, required=False)
