"""All routes. Each stands in the access table of the tests."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from tenancy.display import switch_text_size

urlpatterns = [
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("text-size/", switch_text_size, name="text-size"),
    path("", include("jobs.urls")),
    path("", include("jobs.desk.urls")),
    path("", include("staffing.urls")),
    path("api/", include("config.api")),
    path("", include("tenancy.urls")),
    path("", include("filings.urls")),
    path("", include("compliance.urls")),
    path("", include("dashboard.urls")),
]

handler400 = "tenancy.views.errors.bad_request"
handler403 = "tenancy.views.errors.permission_denied"
handler404 = "tenancy.views.errors.not_found"
handler500 = "tenancy.views.errors.server_error"
