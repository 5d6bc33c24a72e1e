"""Addresses of the read API."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from jobs.api import JobViewSet
from tenancy.api import AreaViewSet

router = SimpleRouter()
router.register("areas", AreaViewSet, basename="area")
router.register("jobs", JobViewSet, basename="job")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
