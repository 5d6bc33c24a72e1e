"""The client's address, as far as the configured number of proxies vouches for it."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer, or what the outermost trusted proxy saw; a forged header changes nothing."""
    proxies: int = settings.TRUSTED_PROXIES
    named = request.headers.get("X-Forwarded-For", "").split(",")
    forwarded = [address.strip() for address in named if address.strip()]
    if not proxies or len(forwarded) < proxies:
        return str(request.META.get("REMOTE_ADDR", ""))
    return forwarded[-proxies][:45]
