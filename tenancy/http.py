"""The request as our views meet it, signed in; where it may be sent on to, and files to keep."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme

from tenancy.models import User


class UserRequest(HttpRequest):
    user: User


def own_page(request: HttpRequest, url: str, default: str = "/") -> str:
    """The address if it leads to a page of ours."""
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if own else default


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep under a name; never one that a browser guesses about or shows."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)
