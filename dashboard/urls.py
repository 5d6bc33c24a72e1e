from django.urls import path

from dashboard.style import style_page
from dashboard.views import (
    area,
    audit,
    home,
    papers,
    people,
    project,
    search,
    station,
    workbooks,
    worker,
)

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("todo/", home.todo_list, name="todo-list"),
    path("areas/", search.search, name="search"),
    path("areas/<str:code>/", area.area, name="area"),
    path("areas/<str:code>/people/", people.area_people, name="area-people"),
    path("areas/<str:code>/dashboard.xlsx", workbooks.area_workbook, name="area-workbook"),
    path("areas/<str:code>/paper/", papers.paper_request, name="paper-request"),
    path("papers/<int:pk>/file.pdf", papers.paper_file, name="paper-file"),
    path("stations/<int:pk>/dashboard.xlsx", workbooks.station_workbook, name="station-workbook"),
    path("stations/<int:pk>/", station.station, name="station"),
    path("projects/<int:pk>/", project.project, name="project"),
    path("workers/<int:pk>/", worker.worker, name="worker"),
    path("audit/", audit.act_list, name="act-list"),
    path("audit/export.xlsx", audit.act_export, name="act-export"),
    path("audit/<int:pk>/", audit.act_detail, name="act-detail"),
    path("system/style/", style_page, name="style"),
]
