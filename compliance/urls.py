from django.urls import path

from compliance.views import findings, reports

app_name = "compliance"
urlpatterns = [
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding-detail"),
    path("areas/<str:code>/evaluate/", findings.request_evaluation, name="evaluation-request"),
    path("reports/", reports.report_list, name="report-list"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("reports/<int:pk>/", reports.report_detail, name="report-detail"),
    path("reports/<int:pk>/file.pdf", reports.report_file, name="report-file"),
]
