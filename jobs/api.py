"""Jobs as data: how far they are, and what came of them."""

from typing import Any

from rest_framework import serializers, viewsets

from jobs.models import Job
from tenancy.api import ByKey, read_only


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


@read_only("jobs", JobSerializer)
class JobViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """Own jobs and those within reach."""

    serializer_class = JobSerializer
    pagination_class = ByKey

    def get_queryset(self) -> Any:
        return Job.objects.visible_to(self.request.user)
