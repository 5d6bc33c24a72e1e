"""Runs, findings and reports as data."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compliance import wording
from compliance.findings import Finding
from compliance.models import Report, Run, RunFinding
from tenancy.api.areas import AreaName
from tenancy.api.parameters import AtPlace, Choice, Day, Number, Text, places
from tenancy.api.reading import ReadOnly
from tenancy.permissions import Permission

PERIOD = r"^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"

SHARE = {"type": "object", "properties": {"num": {"type": "integer"}, "den": {"type": "integer"}}}
QUANTITY = {
    "nullable": True,
    "oneOf": [{"type": "integer"}, {"type": "string", "format": "decimal"}, SHARE],
}
SUBJECT = {"type": "object", "additionalProperties": {"type": "string"}}
SHORTFALL = {
    "type": "object",
    "nullable": True,
    "additionalProperties": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
}
STATUSES = [(status.value, word) for status, word in wording.STATUSES.items()]
COUNTS = {
    "type": "object",
    "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
}


@extend_schema_field(COUNTS)
class Counts(serializers.JSONField):
    """How many verdicts of each status, by rule."""


@extend_schema_field(SUBJECT)
class Subject(serializers.JSONField):
    """What a verdict is about: kind, code and name, people's names masked."""


@extend_schema_field(QUANTITY)
class Quantity(serializers.JSONField):
    """People or streets as integers, shares as pairs of them, money as text."""


@extend_schema_field(SHORTFALL)
class Shortfall(serializers.JSONField):
    """What is missing, by its unit."""


class RunSerializer(serializers.ModelSerializer[Run]):
    area = AreaName(read_only=True)
    counts = Counts(read_only=True, help_text=_("各规则各结论的个数"))

    class Meta:
        model = Run
        fields = ("id", "area", "on", "pack", "pack_version", "inputs_hash", "counts", "created_at")


class RunParameters(AtPlace):
    lookups = {"on": "on", "pack": "pack"}

    on = Day(_("核验日"))
    pack = Text(_("规则包"), max_length=60)


class RunViewSet(ReadOnly):
    """Runs of areas within reach."""

    about = _("核验：按某一天的数据对一个区划作出的全部结论。")
    serializer_class = RunSerializer
    asked = RunParameters
    verb = Permission.VIEW_FINDING

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        return Run.objects.visible_to(self.request.user).select_related("area").defer("parameters")


class FindingSerializer(serializers.ModelSerializer[RunFinding]):
    """The published shape of a verdict, its run's day and data, and the sentence of the page."""

    on = serializers.DateField(source="run.on", read_only=True, label=_("核验日"))
    data_time = serializers.DateTimeField(
        source="run.created_at", read_only=True, label=_("数据时间")
    )
    pack = serializers.CharField(source="record.pack", read_only=True, label=_("规则包"))
    clause = serializers.CharField(source="record.clause", read_only=True, label=_("条款"))
    inferred = serializers.BooleanField(source="record.inferred", read_only=True, label=_("推定"))
    status = serializers.ChoiceField(choices=STATUSES, read_only=True, label=_("结论"))
    place = AreaName(read_only=True)
    subject = Subject(source="record.subject", read_only=True, label=_("对象"))
    measured = Quantity(source="record.measured", read_only=True, label=_("实际"))
    required = Quantity(source="record.required", read_only=True, label=_("要求"))
    shortfall = Shortfall(source="record.shortfall", read_only=True, label=_("还差"))
    sentence = serializers.SerializerMethodField(label=_("结论说明"))

    class Meta:
        model = RunFinding
        fields: tuple[str, ...] = (
            "id",
            "run",
            "on",
            "data_time",
            "rule",
            "pack",
            "clause",
            "inferred",
            "place",
            "subject",
            "status",
            "measured",
            "required",
            "shortfall",
            "sentence",
        )

    def get_sentence(self, row: RunFinding) -> str:
        finding = Finding.from_record(row.record)
        return wording.sentence(finding) + wording.adjustments(finding)


class PieceSerializer(serializers.Serializer[Any]):
    """A row behind a verdict."""

    kind = serializers.CharField()
    code = serializers.CharField()


class OneFindingSerializer(FindingSerializer):
    """With what the verdict rests on, people by their codes."""

    evidence = serializers.SerializerMethodField(label=_("依据"))

    class Meta(FindingSerializer.Meta):
        fields = (*FindingSerializer.Meta.fields, "evidence")

    @extend_schema_field(PieceSerializer(many=True))
    def get_evidence(self, row: RunFinding) -> list[dict[str, str]]:
        return [{"kind": kind, "code": code} for kind, code, _counts_as in row.evidence]


class FindingParameters(AtPlace):
    lookups = {"run": "run", "rule": "rule", "status": "status", "kind": "kind", "code": "code"}

    rule = Choice(_("要求"), [*wording.TITLES.items()])
    status = Choice(_("结论"), STATUSES)
    kind = Choice(_("对象类别"), [(kind.value, word) for kind, word in wording.KINDS.items()])
    code = Text(_("对象编码"), max_length=60)
    on = Day(_("此日或之前最新的核验，默认今天"))
    run = Number(_("某一次核验的编号；给出时不看 on"))


class FindingViewSet(ReadOnly):
    """The newest verdicts within reach, or those of one run."""

    about = _("核验结果：范围内最新一次核验的结论，或 run 所指的一次。")
    asked = FindingParameters
    verb = Permission.VIEW_FINDING

    def get_serializer_class(self) -> Any:
        return OneFindingSerializer if self.action == "retrieve" else FindingSerializer

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        seen = RunFinding.objects.visible_to(self.request.user).select_related("run", "place")
        if self.action == "retrieve":
            return seen
        return (seen if "run" in wanted else self._current(seen, wanted)).defer("evidence")

    def _current(self, seen: Any, wanted: Mapping[str, Any]) -> Any:
        user: Any = self.request.user
        narrowest = [(place.path,) for place in places(wanted)][-1:]
        paths = narrowest[0] if narrowest else user.paths_where(self.verb)
        return seen.current_at(paths, user.tenant.pack, wanted.get("on", timezone.localdate()))


class ReportSerializer(serializers.ModelSerializer[Report]):
    area = AreaName(read_only=True)
    replaced_by = serializers.IntegerField(
        read_only=True, label=_("取代它的版次"), help_text=_("0 表示它是现行的一版")
    )

    class Meta:
        model = Report
        fields = (
            "id",
            "area",
            "period",
            "number",
            "run",
            "check_code",
            "sha256",
            "created_at",
            "replaces",
            "replaced_by",
        )


class PeriodField(forms.RegexField):
    def __init__(self) -> None:
        label = _("周期，如 2026、2026-H1、2026-Q3、2026-10")
        super().__init__(PERIOD, label=label, required=False)


class ReportParameters(AtPlace):
    lookups = {"period": "period"}

    period = PeriodField()


class ReportViewSet(ReadOnly):
    """The archive within reach."""

    about = _("合规报告的存档，每一版一行。")
    serializer_class = ReportSerializer
    asked = ReportParameters
    verb = Permission.VIEW_FINDING

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        rows = Report.objects.visible_to(self.request.user).with_successor()
        return rows.select_related("area")
