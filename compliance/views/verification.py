"""Whether a paper is genuine: asked by whoever holds it, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from compliance.reports.verification import as_printed, paper_of
from tenancy import throttle
from tenancy.address import client_address

UNKNOWN, TOO_MANY = 404, 429


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Genuine or not, current or replaced. Wrong codes make their address wait."""
    asked = as_printed(code or request.GET.get("code", ""))
    if not asked:
        return _page(request, {})
    guesses = throttle.guesses(client_address(request))
    if seconds := throttle.wait_for(guesses):
        return _page(request, {"code": asked, "seconds": seconds}, TOO_MANY)
    paper = paper_of(asked)
    if paper is None:
        throttle.count(guesses)
        return _page(request, {"code": asked, "is_unknown": True}, UNKNOWN)
    return _page(request, {"code": asked, "paper": paper})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "compliance/verify.html", context, status=status)
