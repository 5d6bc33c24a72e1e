"""Jobs as data: how far they are, and what came of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobs.models import Job
from tenancy.api.parameters import AtPlace, Choice, Text
from tenancy.api.reading import ReadOnly
from tenancy.permissions import Permission


class JobSerializer(serializers.ModelSerializer[Job]):
    state = serializers.ChoiceField(choices=Job.State.choices, source="status", read_only=True)

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "area",
            "state",
            "done",
            "total",
            "attempt",
            "created_at",
            "started_at",
            "ended_at",
            "result",
        )


class JobParameters(AtPlace):
    lookups = {"kind": "kind"}

    state = Choice(_("状态"), Job.State.choices)
    kind = Text(_("任务种类"), max_length=40)


class JobViewSet(ReadOnly):
    """Own jobs and those within reach."""

    about = _("任务：自己提交的，和范围内可以查看的。")
    serializer_class = JobSerializer
    asked = JobParameters
    verb = Permission.VIEW_AREA
    open_to_all = True

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        rows = Job.objects.visible_to(self.request.user)
        return rows.in_state(wanted["state"]) if "state" in wanted else rows
