"""People on the roster as data: names and identity numbers masked as on the pages."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobs.desk.api import DatedRowParameters, RowViewSet
from jobs.desk.cells import Reader
from staffing.ledgers import WorkerLedger
from staffing.models import Worker
from tenancy import audit
from tenancy.api.areas import OrganisationName
from tenancy.api.parameters import Choice
from tenancy.permissions import Permission

LEDGER = WorkerLedger()
NAME = LEDGER.column_of("name")


class WorkerSerializer(serializers.ModelSerializer[Worker]):
    name = serializers.SerializerMethodField(
        label=_("姓名"), help_text=_("只对维护该处花名册的人完整给出")
    )
    employer = OrganisationName(read_only=True, allow_null=True)

    class Meta:
        model = Worker
        fields: tuple[str, ...] = (
            "id",
            "code",
            "name",
            "sex",
            "education",
            "is_social_worker",
            "channel",
            "employer",
            "hired_on",
            "left_on",
        )

    def get_name(self, worker: Worker) -> str:
        reader: Reader = self.context["reader"]
        return reader.cell(worker, NAME).text


class OneWorkerSerializer(WorkerSerializer):
    """With the identity number, of which a list reads nothing."""

    identity = serializers.CharField(
        source="masked_identity", read_only=True, label=_("身份证号"), help_text=_("隐去中间各位")
    )

    class Meta(WorkerSerializer.Meta):
        fields = (*WorkerSerializer.Meta.fields, "identity")


class WorkerParameters(DatedRowParameters):
    lookups = {"channel": "channel"}

    channel = Choice(_("用工渠道"), Worker.Channel.choices)


class WorkerViewSet(RowViewSet):
    """People within reach; reading them leaves its trace."""

    about = _("人员。读取会留下审计记录。")
    serializer_class = WorkerSerializer
    ledger = LEDGER
    asked = WorkerParameters
    verb = Permission.VIEW_WORKER
    people: Sequence[Worker] = ()

    def get_serializer_class(self) -> Any:
        return OneWorkerSerializer if self.action == "retrieve" else WorkerSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        """With the reader whose rights are asked once for a page of people."""
        context: dict[str, Any] = super().get_serializer_context()
        if self.people:
            context["reader"] = Reader(self.ledger, self.request.user, self.people)
        return context

    def paginate_queryset(self, queryset: Any) -> Any:
        """Who took a page of people is kept."""
        self.people = super().paginate_queryset(queryset)
        detail = {"workers": len(self.people)}
        audit.record(verb="list-workers", by=self.request.user, detail=detail)
        return self.people

    def get_object(self) -> Worker:
        """Who looked is kept."""
        found: Worker = super().get_object()
        self.people = [found]
        place = found.home.path
        audit.record(verb="view-worker", by=self.request.user, target=found, place=place)
        return found
