"""Error pages, and what stands for them in the API: they read nothing, so they stand whatever has
fallen.
"""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tenancy.problems import of_the_api, problem

OUT_OF_REACH = (OperationalError, InterfaceError)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes for what is absent and for what lies elsewhere."""
    return _told(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database out of reach is told from a fault of ours."""
    status = 503 if isinstance(sys.exc_info()[1], OUT_OF_REACH) else 500
    response = _told(request, status, request_id=getattr(request, "id", ""))
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a sign-in or sign-out, or from another site."""
    return HttpResponse(render_to_string("403_csrf.html"), status=403)


def _told(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """To people a page, to programs a problem; `context` is told to both."""
    if of_the_api(request):
        return problem(status, **context)
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
