"""The request as our views meet it, signed in; and where it may be sent on to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from tenancy.models import User


class UserRequest(HttpRequest):
    user: User


def own_page(request: HttpRequest, url: str, default: str = "/") -> str:
    """The address if it leads to a page of ours."""
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if own else default
