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
    _keep_text_size(response, is_large=request.POST.get("size") == "large", request=request)
    return response


def show_as_wished(response: HttpResponse, user: User, request: HttpRequest) -> None:
    """Give this browser the language and size of type that the person has chosen."""
    _keep_text_size(response, is_large=user.large_text, request=request)
    if user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def _keep_text_size(response: HttpResponse, *, is_large: bool, request: HttpRequest) -> None:
    if is_large:
        response.set_cookie(
            COOKIE, "large", A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
