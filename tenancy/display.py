"""How a page is shown to this browser: the larger type, kept in a cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "text_size"
A_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def switch_text_size(request: HttpRequest) -> HttpResponse:
    """Keep the size of type asked for and return to the page."""
    response = HttpResponseRedirect(_own_page(request, request.POST.get("next", "/")))
    if request.POST.get("size") == "large":
        response.set_cookie(
            COOKIE, "large", A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _own_page(request: HttpRequest, url: str) -> str:
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if own else "/"
