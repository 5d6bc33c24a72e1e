from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from stations.models import Station
from tenancy.http import UserRequest


@require_safe
def station(request: UserRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Station.objects.visible_to(request.user), pk=pk)
    return render(request, "dashboard/station.html", {"station": found})
