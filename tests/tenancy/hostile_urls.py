"""Views that do what no view should, beside the real ones."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from tenancy import audit
from tenancy.context import current_tenant_id
from tenancy.models import Area

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def names(request):
    return HttpResponse("/".join(Area.objects.order_by("code").values_list("name", flat=True)))


def write(request):
    """Write, then end as told: with a status, or with an exception."""
    Area.objects.update(name="改")
    end = request.GET.get("end", "200")
    if end == "raise":
        raise LookupError
    if end == "deny":
        raise PermissionDenied
    if end == "down":
        raise OperationalError
    return HttpResponse(f"tenant {current_tenant_id()}", status=int(end))


def note(request):
    audit.record(verb="read", by=request.user)
    return HttpResponse()


@login_not_required
def strange(request):
    Area.objects.count()
    return HttpResponse()


urlpatterns = [
    path("hostile/names/", names),
    path("hostile/write/", write),
    path("hostile/note/", note),
    path("hostile/strange/", strange),
    *urlpatterns,
]
