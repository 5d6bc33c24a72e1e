"""How a page is shown to this browser: language and the larger type, kept in cookies."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tenancy.http import own_page
from tenancy.models import User

COOKIE = "text_size"
A_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def switch_text_size(request: HttpRequest) -> HttpResponse:
    """Keep the size of type asked for and return to the page."""
    response = HttpResponseRedirect(own_page(request, request.POST.get("next", "/")))
    if request.POST.get("size") == "large":
        _keep(response, COOKIE, "large", request)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def show_as_wished(response: HttpResponse, user: User, request: HttpRequest) -> None:
    """Give this browser the language and size of type that the person has chosen."""
    if user.large_text:
        _keep(response, COOKIE, "large", request)
    if user.language:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, user.language, request)


def forget_wishes(response: HttpResponse) -> None:
    """Back to the browser's language and the usual size."""
    for cookie in (COOKIE, settings.LANGUAGE_COOKIE_NAME):
        response.delete_cookie(cookie, samesite="Lax")


def _keep(response: HttpResponse, cookie: str, value: str, request: HttpRequest) -> None:
    secure = request.is_secure()
    response.set_cookie(cookie, value, A_YEAR, httponly=True, samesite="Lax", secure=secure)
