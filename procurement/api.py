"""Projects and contracts as data."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobs.desk.api import DatedRowParameters, RowParameters, RowViewSet
from procurement.ledgers import ContractLedger, ProjectLedger
from procurement.models import Contract, Project
from stations.api import StationName
from tenancy.api.areas import OrganisationName
from tenancy.api.parameters import Text
from tenancy.permissions import Permission


class ProjectSerializer(serializers.ModelSerializer[Project]):
    station = StationName(read_only=True)
    operator = OrganisationName(read_only=True)

    class Meta:
        model = Project
        fields = (
            "id",
            "number",
            "station",
            "operator",
            "years",
            "price_claimed",
            "agreed_heads",
            "annual_budget",
            "total",
            "min_hours",
            "starts_on",
        )


class ProjectViewSet(RowViewSet):
    """Projects of stations within reach."""

    about = _("购买服务项目。")
    serializer_class = ProjectSerializer
    ledger = ProjectLedger()
    asked = RowParameters
    verb = Permission.VIEW_PROJECT


class ContractSerializer(serializers.ModelSerializer[Contract]):
    project = serializers.CharField(source="project.number", read_only=True)

    class Meta:
        model = Contract
        fields = (
            "id",
            "project",
            "year_no",
            "starts_on",
            "ends_on",
            "signed_on",
            "amount",
            "agreed_heads",
            "noticed_on",
            "supplement",
        )


class ContractParameters(DatedRowParameters):
    lookups = {"project": "project__number"}

    project = Text(_("项目编号"), max_length=40)


class ContractViewSet(RowViewSet):
    """Contracts of projects within reach."""

    about = _("年度合同，按项目编号和年度序号。")
    serializer_class = ContractSerializer
    ledger = ContractLedger()
    asked = ContractParameters
    verb = Permission.VIEW_PROJECT
