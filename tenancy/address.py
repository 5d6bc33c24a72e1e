"""The client's address, as far as the configured number of proxies vouches for it."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer, or what the outermost trusted proxy saw; a forged header changes nothing."""
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",") if proxies else []
    if len(forwarded) < proxies or not proxies:
        return str(request.META.get("REMOTE_ADDR", ""))
    return forwarded[-proxies].strip()[:45]
