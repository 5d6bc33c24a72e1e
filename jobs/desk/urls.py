from django.urls import path

from jobs.desk.views import lists, rows

app_name = "ledgers"
urlpatterns = [
    path("ledgers/", lists.overview, name="overview"),
    path("ledgers/<slug:slug>/", lists.row_list, name="row-list"),
    path("ledgers/<slug:slug>/export.xlsx", lists.row_export, name="row-export"),
    path("ledgers/<slug:slug>/new/", rows.row_new, name="row-new"),
    path("ledgers/<slug:slug>/<int:pk>/", rows.row_detail, name="row-detail"),
    path("ledgers/<slug:slug>/<int:pk>/edit/", rows.row_edit, name="row-edit"),
    path("subjects/<slug:kind>/<path:code>/", rows.subject, name="subject"),
]
