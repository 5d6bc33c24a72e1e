"""Addresses of the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from compliance.api import FindingViewSet, ReportViewSet, RunViewSet
from filings.api import MonthlyRecordViewSet
from jobs.api import JobViewSet
from procurement.api import ContractViewSet, ProjectViewSet
from staffing.api import WorkerViewSet
from stations.api import PointViewSet, PostViewSet, StationViewSet
from tenancy.api.areas import AreaViewSet
from tenancy.api.docs import docs
from tenancy.api.schema import Schema

router = SimpleRouter()
router.register("areas", AreaViewSet, basename="area")
router.register("stations", StationViewSet, basename="station")
router.register("points", PointViewSet, basename="point")
router.register("posts", PostViewSet, basename="post")
router.register("workers", WorkerViewSet, basename="worker")
router.register("projects", ProjectViewSet, basename="project")
router.register("contracts", ContractViewSet, basename="contract")
router.register("findings", FindingViewSet, basename="finding")
router.register("runs", RunViewSet, basename="run")
router.register("reports", ReportViewSet, basename="report")
router.register("monthly-records", MonthlyRecordViewSet, basename="monthly-record")
router.register("jobs", JobViewSet, basename="job")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]
