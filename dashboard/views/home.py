"""工作台."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenancy.http import UserRequest


@require_safe
def home(request: UserRequest) -> HttpResponse:
    return render(request, "dashboard/home.html")
