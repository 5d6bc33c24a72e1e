from django.urls import path

from dashboard.style import style_page
from dashboard.views import area, home, search, station

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("areas/<str:code>/", area.area, name="area"),
    path("stations/<int:pk>/", station.station, name="station"),
    path("system/style/", style_page, name="style"),
]
