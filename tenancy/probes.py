"""Liveness and readiness, for supervisors and load balancers."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse


def livez() -> HttpResponse:
    """The process answers; depends on nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz() -> HttpResponse:
    """The database answers. The broker is no condition: pages work without it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})


PROBES: dict[str, Callable[[], HttpResponse]] = {"/livez": livez, "/readyz": readyz}
