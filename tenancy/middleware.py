"""What happens around every view: headers, limits of the session, the tenant's transaction."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from tenancy import probes as probing
from tenancy.address import client_address
from tenancy.context import origin, tenant_context

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TEXTS = ("text/html", "application/json", "application/problem+json")
FOR_EVERYBODY = "/verify/"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def headers(get_response: GetResponse) -> GetResponse:
    """A request id, and headers that Django does not set. Pages are never kept by caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.id = str(uuid4())  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def compression(get_response: GetResponse) -> GetResponse:
    """Texts take a fifth of the line; padding at random hides from lengths what they hold.

    Workbooks, PDFs and archives are compressed in themselves.
    """
    gzip = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Type", "").partition(";")[0] in TEXTS:
            gzip.process_response(request, response)
        return response

    return middleware


def probes(get_response: GetResponse) -> GetResponse:
    """`/livez` and `/readyz`, answered before anything that needs a database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = probing.PROBES.get(request.path)
        return probe() if probe else get_response(request)

    return middleware


def null_characters(get_response: GetResponse) -> GetResponse:
    """Refuse an address with a NUL: the database has no text that could hold one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


def strangers(get_response: GetResponse) -> GetResponse:
    """A page for everybody knows nobody: it is about some tenant, not about the reader's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(FOR_EVERYBODY):
            request.user = AnonymousUser()
        return get_response(request)

    return middleware


def session_limits(get_response: GetResponse) -> GetResponse:
    """End a session after the tenant's idle minutes or absolute hours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _session_is_over(request):
            logout(request)
        return get_response(request)

    return middleware


def _session_is_over(request: HttpRequest) -> bool:
    tenant = request.user.tenant  # type: ignore[union-attr]
    now, session = timezone.now().timestamp(), request.session
    if tenant is None or request.bears_token:  # type: ignore[attr-defined]
        return False
    idle = timedelta(minutes=tenant.idle_minutes).total_seconds()
    absolute = timedelta(hours=tenant.absolute_hours).total_seconds()
    over = (
        tenant.ended_at is not None
        or now - session.get("seen", now) > idle
        or now - session.get("began", now) > absolute
    )
    # One write a minute is exact enough for a limit in minutes.
    if not over and now - session.get("seen", 0) > 60:
        session["seen"] = now
        session.setdefault("began", now)
    return over


def forced_password_change(get_response: GetResponse) -> GetResponse:
    """A temporary password opens one page only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and not _may_pass(request):
            return redirect("tenancy:password-change")
        return get_response(request)

    return middleware


def _may_pass(request: HttpRequest) -> bool:
    open_pages = ("tenancy:password-change", "tenancy:logout", "set_language")
    bears_token: bool = request.bears_token  # type: ignore[attr-defined]
    return bears_token or request.path in {reverse(name) for name in open_pages}


def tenant_of_the_user(get_response: GetResponse) -> GetResponse:
    """Run the view, and the rendering, in the transaction of the user's tenant.

    A GET cannot write; what it noted is appended after it. A refused or failed write leaves
    nothing: `atomic` alone never sees the view's exception.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or user.tenant_id is None:
            return get_response(request)
        reading = request.method in SAFE_METHODS
        with (
            origin(request.id, client_address(request)),  # type: ignore[attr-defined]
            tenant_context(user.tenant_id, read_only=reading),
        ):
            response = get_response(request)
            if response.status_code >= (500 if reading else 400):
                transaction.set_rollback(True)
        return response

    return middleware
