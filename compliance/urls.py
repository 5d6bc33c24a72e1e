from django.urls import path

from compliance.views import (
    findings,
    notices,
    openings,
    parameters,
    reports,
    streets,
    verification,
)

app_name = "compliance"
urlpatterns = [
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding-detail"),
    path("areas/<str:code>/evaluate/", findings.request_evaluation, name="evaluation-request"),
    path("parameters/", parameters.parameter_list, name="parameter-list"),
    path("areas/<str:code>/overrides/new/", parameters.override_new, name="override-new"),
    path("overrides/<int:pk>/", parameters.override_detail, name="override-detail"),
    path("overrides/<int:pk>/end/", parameters.override_end, name="override-end"),
    path("overrides/<int:pk>/document/", parameters.override_document, name="override-document"),
    path("projects/<int:pk>/opening-figures/", openings.opening_list, name="opening-list"),
    path("opening-figures/<int:pk>/withdraw/", openings.opening_withdraw, name="opening-withdraw"),
    path("opening-figures/<int:pk>/document/", openings.opening_document, name="opening-document"),
    path("reports/", reports.report_list, name="report-list"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("reports/<int:pk>/", reports.report_detail, name="report-detail"),
    path("reports/<int:pk>/file.pdf", reports.report_file, name="report-file"),
    path("reports/<int:pk>/file.xlsx", reports.report_workbook, name="report-workbook"),
    path("areas/<str:code>/reports/", streets.street_report_list, name="street-report-list"),
    path(
        "areas/<str:code>/reports/<str:period>.zip",
        streets.street_report_archive,
        name="street-report-archive",
    ),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/new/", notices.notice_new, name="notice-new"),
    path("notices/<int:pk>/", notices.notice_detail, name="notice-detail"),
    path("notices/<int:pk>/file.pdf", notices.notice_file, name="notice-file"),
    path("notices/<int:pk>/file.docx", notices.notice_document, name="notice-document"),
    path("notices/<int:pk>/withdraw/", notices.notice_withdraw, name="notice-withdraw"),
    path("verify/", verification.verify, name="verify"),
    path("verify/<str:code>/", verification.verify, name="verify-code"),
]
