"""What programs send to a record."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from filings.cells import LONGEST_EXPLANATION, LONGEST_TEXT, LONGEST_UNREAD, Given, text_of
from filings.clocks import workdays_on
from filings.forms import SHORTEST
from filings.models import RecordEvent
from filings.template.shapes import Template
from tenancy.api.bodies import Body

MOST_WORKDAYS = 30
VALUE = {
    "nullable": True,
    "oneOf": [{"type": "number"}, {"type": "string", "maxLength": LONGEST_UNREAD}],
}


@extend_schema_field(VALUE)
class Value(serializers.CharField):
    """A number or the text of one; read as a cell of the page is."""

    def __init__(self) -> None:
        super().__init__(allow_null=True, allow_blank=True, max_length=LONGEST_UNREAD)


class _Words(serializers.CharField):
    def __init__(self, most: int) -> None:
        super().__init__(allow_null=True, allow_blank=True, trim_whitespace=False, max_length=most)


class ByCode(serializers.DictField):
    """Members by codes of the record's template; unknown codes are told with all that is wrong."""

    unknown: Any

    def codes(self, form: Template) -> Collection[str]:
        raise NotImplementedError

    def run_child_validation(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        known = self.codes(self.context["form"])
        wrong: dict[str, Any] = {
            code: [serializers.ErrorDetail(str(self.unknown), "unknown")]
            for code in data
            if code not in known
        }
        values: Mapping[str, Any] = {}
        try:
            values = super().run_child_validation({c: v for c, v in data.items() if c in known})
        except serializers.ValidationError as faults:
            wrong |= faults.detail
        if wrong:
            raise serializers.ValidationError(wrong)
        return values


class FiguresGiven(ByCode):
    unknown = gettext_lazy("这份月报没有可填的这个数：没有这个代码，或是文字，或由系统计算。")

    def codes(self, form: Template) -> Collection[str]:
        return form.typed


class TextsGiven(ByCode):
    unknown = gettext_lazy("这份月报没有代码如此的文字指标。")

    def codes(self, form: Template) -> Collection[str]:
        return form.texts


class ExplanationsGiven(ByCode):
    unknown = gettext_lazy("这份月报没有代码如此的软性校验。")

    def codes(self, form: Template) -> Collection[str]:
        return {one.code for one in form.checks if one.severity == "soft"}


class Filling(Body):
    """Cells and sentences that are to be other than they are; what is absent stays."""

    figures = FiguresGiven(
        child=Value(),
        required=False,
        label=gettext_lazy("数"),
        help_text=gettext_lazy("按指标代码；null 表示有意留空，读不懂的照原样保留在 unread 中"),
    )
    texts = TextsGiven(
        child=_Words(LONGEST_TEXT), required=False, label=gettext_lazy("文字，按指标代码")
    )
    explanations = ExplanationsGiven(
        child=_Words(LONGEST_EXPLANATION),
        required=False,
        label=gettext_lazy("说明，按软性校验代码"),
        help_text=gettext_lazy("空文字或 null 删去一条说明"),
    )


def given_in(said: Mapping[str, Any]) -> Given:
    """What a body gives for a record."""
    cells = {**said.get("figures", {}), **said.get("texts", {})}
    return Given(cells, said.get("explanations", {}))


class Sentence(serializers.CharField):
    """What somebody has to say, its lines kept."""

    def __init__(self, most: int, label: Any) -> None:
        super().__init__(min_length=SHORTEST, max_length=most, label=label)

    def to_internal_value(self, data: Any) -> str:
        return text_of(super().to_internal_value(data))


class Returning(Body):
    """Why a record goes back, which cells are meant, and by when it is to be mended."""

    reasons = serializers.ListField(
        child=serializers.ChoiceField(RecordEvent.Reason.choices),
        allow_empty=False,
        label=gettext_lazy("退回原因，至少一项"),
    )
    comment = Sentence(500, gettext_lazy("意见，写明哪里不对、怎样改"))
    cells = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        label=gettext_lazy("要修改的指标代码"),
    )
    workdays = serializers.IntegerField(
        min_value=1,
        max_value=MOST_WORKDAYS,
        required=False,
        label=gettext_lazy("退改期限（工作日），与 mend_by 给其中一项"),
    )
    mend_by = serializers.DateField(
        required=False, label=gettext_lazy("退改期限（日期），与 workdays 给其中一项")
    )

    def validate_reasons(self, reasons: list[str]) -> list[str]:
        return [*dict.fromkeys(reasons)]

    def validate_cells(self, cells: list[str]) -> list[str]:
        known = self.context["form"].indicators
        if wrong := {n: [_unknown()] for n, code in enumerate(cells) if code not in known}:
            raise serializers.ValidationError(wrong)
        return [*dict.fromkeys(cells)]

    def validate_mend_by(self, day: Any) -> Any:
        if not timezone.localdate() <= day <= workdays_on(MOST_WORKDAYS):
            told = {"most": MOST_WORKDAYS}
            raise serializers.ValidationError(
                _("退改期限不早于今天，不晚于今天起 %(most)s 个工作日。") % told
            )
        return day

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("workdays" in attrs) is ("mend_by" in attrs):
            raise serializers.ValidationError({"mend_by": _("workdays 和 mend_by 给其中一项。")})
        return attrs


def _unknown() -> Any:
    return serializers.ErrorDetail(_("这份月报没有这个指标。"), "unknown")


class Reopening(Body):
    """Why an archived record is to be filed again, and until when it may."""

    reason = Sentence(200, gettext_lazy("理由，记入历史"))
    until = serializers.DateField(label=gettext_lazy("最后可修改的日期"))

    def validate_until(self, day: Any) -> Any:
        if day < timezone.localdate():
            raise serializers.ValidationError(_("截止日期不能早于今天。"))
        return day
