"""All routes. Each stands in the access table of the tests."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("tenancy.urls")),
]
