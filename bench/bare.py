"""The other side of the ratio: a Django view that does nothing but insert a row.

Served by the same gunicorn settings from the same database; its settings and its application.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLE = "bench_row"
if not settings.configured:
    import environ

    database = environ.Env().db_url("DATABASE_URL")
    settings.configure(
        DATABASES={"default": {**database, "CONN_MAX_AGE": None}},
        ROOT_URLCONF="bench.bare",
        ALLOWED_HOSTS=["*"],
        SECRET_KEY=os.environ["SECRET_KEY"],
    )


def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (body) VALUES (%s)", [request.path])
    return HttpResponse(status=204)


urlpatterns = [path("insert/<int:pk>/", insert)]
application = get_wsgi_application()
