"""What programs read of a record: what was written, and beside it what the platform makes of it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from filings.api.refusals import listed
from filings.facts import Sheet, sheet
from filings.models import MonthlyRecord, RecordEvent, RecordTemplate
from filings.models.fields import plain
from filings.reaching import holds
from filings.template.shapes import Indicator, Kind
from stations.api import StationName
from tenancy.permissions import Permission

NUMBERS = {
    "type": "object",
    "nullable": True,
    "additionalProperties": {
        "nullable": True,
        "oneOf": [{"type": "integer"}, {"type": "string", "format": "decimal"}],
    },
}
WORDS = {"type": "object", "nullable": True, "additionalProperties": {"type": "string"}}
CODES = {"type": "array", "items": {"type": "string"}}
PROBLEMS = {
    "type": "array",
    "nullable": True,
    "items": {
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "cell": {"type": "string"},
            "cells": CODES,
            "severity": {"type": "string", "enum": ["hard", "soft"]},
            "rule": {"type": "string"},
            "message": {"type": "string"},
        },
    },
}
MINE_ONLY = _("未报送时只给填报人，其他人得到 null")


@extend_schema_field(NUMBERS)
class Numbers(serializers.JSONField):
    """Counts as integers, what has decimals and money as text; null was left blank on purpose."""


@extend_schema_field(WORDS)
class Words(serializers.JSONField):
    """Sentences by code."""


class TemplateName(serializers.ModelSerializer[RecordTemplate]):
    """The version of the form that the record keeps to."""

    id = serializers.CharField(source="slug", read_only=True)
    version = serializers.CharField(source="number", read_only=True)

    class Meta:
        model = RecordTemplate
        fields = ("id", "version")


class ReturnSerializer(serializers.ModelSerializer[RecordEvent]):
    """Why a filing went back."""

    mend_by = serializers.DateField(source="until", read_only=True)

    class Meta:
        model = RecordEvent
        fields = ("round", "at", "reasons", "comment", "cells", "mend_by")


class MonthlyRecordSerializer(serializers.ModelSerializer[MonthlyRecord]):
    """As it is stored."""

    station = StationName(read_only=True)
    month = serializers.SerializerMethodField(label=_("月份"))
    template = TemplateName(read_only=True)
    state = serializers.ChoiceField(
        choices=MonthlyRecord.State.choices, read_only=True, label=_("状态")
    )
    receipt = serializers.SerializerMethodField(label=_("回执编号，未报送时为 null"))
    version = serializers.IntegerField(read_only=True, label=_("版本"))
    first_submitted_at = serializers.DateTimeField(
        read_only=True, allow_null=True, label=_("首次报送时间")
    )
    marked = serializers.ListField(
        child=serializers.CharField(), read_only=True, label=_("退回时标记的指标")
    )
    figures = serializers.SerializerMethodField(label=_("填报的数"), help_text=MINE_ONLY)
    computed = serializers.SerializerMethodField(label=_("自动计算的数"), help_text=MINE_ONLY)
    texts = serializers.SerializerMethodField(label=_("文字"), help_text=MINE_ONLY)
    unread = serializers.SerializerMethodField(label=_("读不懂的，照原样"), help_text=MINE_ONLY)
    explanations = serializers.SerializerMethodField(
        label=_("说明，按校验代码"), help_text=MINE_ONLY
    )

    class Meta:
        model = MonthlyRecord
        fields: tuple[str, ...] = (
            "id",
            "station",
            "month",
            "template",
            "state",
            "version",
            "due_on",
            "locks_on",
            "receipt",
            "round",
            "saved_at",
            "first_submitted_at",
            "submitted_at",
            "street_accepted_at",
            "accepted_at",
            "locked_at",
            "reopened_at",
            "marked",
            "figures",
            "computed",
            "texts",
            "unread",
            "explanations",
        )

    def get_fields(self) -> Any:
        """`return` is no name in Python."""
        fields = super().get_fields()
        fields["return"] = serializers.SerializerMethodField(
            method_name="get_last_return", label=_("最近一次退回，没有时为 null")
        )
        return fields

    def is_open(self, record: MonthlyRecord) -> bool:
        """A draft is its filers' own."""
        user = self.context["request"].user
        return record.submitted_at is not None or holds(user, record, Permission.FILL_RECORD)

    @extend_schema_field({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})
    def get_month(self, record: MonthlyRecord) -> str:
        return f"{record.month:%Y-%m}"

    @extend_schema_field({"type": "string", "nullable": True})
    def get_receipt(self, record: MonthlyRecord) -> str | None:
        return record.receipt if record.submitted_at else None

    @extend_schema_field(ReturnSerializer(allow_null=True))
    def get_last_return(self, record: Any) -> Any:
        return ReturnSerializer(record.returns[0]).data if record.returns else None

    @extend_schema_field(NUMBERS)
    def get_figures(self, record: MonthlyRecord) -> Mapping[str, Any] | None:
        return self._numbers(record, computed=False)

    @extend_schema_field(NUMBERS)
    def get_computed(self, record: MonthlyRecord) -> Mapping[str, Any] | None:
        return self._numbers(record, computed=True)

    @extend_schema_field(WORDS)
    def get_texts(self, record: MonthlyRecord) -> Mapping[str, str] | None:
        return record.texts if self.is_open(record) else None

    @extend_schema_field(WORDS)
    def get_unread(self, record: MonthlyRecord) -> Mapping[str, str] | None:
        return record.unread if self.is_open(record) else None

    @extend_schema_field(WORDS)
    def get_explanations(self, record: MonthlyRecord) -> Mapping[str, str] | None:
        return record.explanations if self.is_open(record) else None

    def _numbers(self, record: MonthlyRecord, *, computed: bool) -> Mapping[str, Any] | None:
        if not self.is_open(record):
            return None
        form, known = record.template.form, self.known(record)
        return {
            code: number(known[code], one)
            for code, one in form.numbers.items()
            if code in known and (one.formula is not None) is computed
        }

    def known(self, record: MonthlyRecord) -> Mapping[str, Decimal | None]:
        """The numbers to tell, by code."""
        figures: Mapping[str, Decimal | None] = record.figures
        return figures


def number(value: Decimal | None, indicator: Indicator) -> int | str | None:
    if value is None:
        return None
    if indicator.kind is Kind.MONEY:
        return f"{value:.2f}"
    told: int | str = plain({"": value})[""]
    return told


class OneMonthlyRecordSerializer(MonthlyRecordSerializer):
    """With what the platform fills in, computes and checks."""

    figures = serializers.SerializerMethodField(label=_("填报的数，含预填的"), help_text=MINE_ONLY)
    prefilled = serializers.SerializerMethodField(
        label=_("预填而没有人动过的指标"), help_text=MINE_ONLY
    )
    problems = serializers.SerializerMethodField(
        label=_("校验发现的问题"),
        help_text=_("hard 必须改正，soft 须在 explanations 中说明；未报送时只给填报人"),
    )

    class Meta(MonthlyRecordSerializer.Meta):
        fields = (*MonthlyRecordSerializer.Meta.fields, "prefilled", "problems")

    def to_representation(self, instance: MonthlyRecord) -> Any:
        self.sheet: Sheet | None = sheet(instance) if self.is_open(instance) else None
        return super().to_representation(instance)

    @extend_schema_field({**CODES, "nullable": True})
    def get_prefilled(self, record: MonthlyRecord) -> list[str] | None:
        return sorted(self.sheet.is_prefilled) if self.sheet else None

    @extend_schema_field(PROBLEMS)
    def get_problems(self, record: MonthlyRecord) -> list[dict[str, Any]] | None:
        return listed(self.sheet.problems) if self.sheet else None

    def known(self, record: MonthlyRecord) -> Mapping[str, Decimal | None]:
        """Without the cells of which nothing is known yet."""
        here = self.sheet.here if self.sheet else {}
        return {
            code: value
            for code, value in here.items()
            if value is not None or code in record.figures
        }
