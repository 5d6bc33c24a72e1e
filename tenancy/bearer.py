"""Who comes with a token: told before the tenant's transaction, which asks for the user."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication

from tenancy.middleware import GetResponse
from tenancy.models import PublicKey
from tenancy.problems import of_the_api, problem


def tokens(get_response: GetResponse) -> GetResponse:
    """Let `Authorization: Bearer` tell the user of the API, and of nothing else.

    Whoever shows a token is asked for nothing but the token: a wrong one is refused, whatever
    session comes along with it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _shown(request)
        request.bears_token = token is not None  # type: ignore[attr-defined]
        if token is None:
            return get_response(request)
        user = PublicKey.objects.bearer_of(token)
        if user is None:
            return _refusal()
        request.user = user
        return get_response(request)

    return middleware


def _shown(request: HttpRequest) -> str | None:
    """The token, empty where the header names none; None where nobody offers one."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    offered = scheme.lower() == "bearer" and of_the_api(request)
    return token.strip() if offered else None


def _refusal() -> HttpResponse:
    sentence = _("令牌无效，或已到期、停用。")
    return problem(401, sentence, headers={"WWW-Authenticate": "Bearer"})


class ToldByMiddleware(SessionAuthentication):
    """Takes the user that token or session told before the tenant's transaction was opened."""

    def enforce_csrf(self, request: Any) -> None:
        """Only of a session: no browser sends a token by itself."""
        if not request.bears_token:
            super().enforce_csrf(request)

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"
