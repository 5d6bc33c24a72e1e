"""Error pages: they read nothing, so they stand whatever has fallen."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

OUT_OF_REACH = (OperationalError, InterfaceError)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes for what is absent and for what lies elsewhere."""
    return HttpResponse(render_to_string("404.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database out of reach is told from a fault of ours."""
    status = 503 if isinstance(sys.exc_info()[1], OUT_OF_REACH) else 500
    context = {"request_id": getattr(request, "id", "")}
    response = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a sign-in or sign-out, or from another site."""
    return HttpResponse(render_to_string("403_csrf.html"), status=403)
