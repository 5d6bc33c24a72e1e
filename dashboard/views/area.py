from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest


@require_safe
def area(request: UserRequest, code: str) -> HttpResponse:
    found = area_or_404(request.user, code, request.GET.get("level", ""))
    return render(request, "dashboard/area.html", {"area": found})
