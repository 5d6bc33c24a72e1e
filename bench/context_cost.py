"""What the tenant's context and row-level security cost a request."""

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from bench.figures import Figure, time_each
from tenancy import context
from tenancy.actions.appointments import Office, appoint
from tenancy.context import tenant_context
from tenancy.middleware import tenant_of_the_user
from tenancy.models import Area, Tenant, User
from tenancy.permissions import Role


def measure(city: Tenant) -> list[Figure]:
    """The same view inside the middleware, and bare by a role that RLS spares."""
    user = _official(city)
    with tenant_context(city.pk):
        root = Area.objects.get(parent=None)

    def view(request: HttpRequest, using: str = "default") -> HttpResponse:
        districts = Area.objects.using(using).filter(parent_id=root.pk).order_by("code")
        return HttpResponse("\n".join(area.name for area in districts))

    request = RequestFactory().get("/")
    request.user, request.id = user, "bench"
    bound = tenant_of_the_user(view)

    def bare() -> None:
        token = context._tenant_id.set(city.pk)
        view(request, using="owner")
        context._tenant_id.reset(token)

    with _unforced_areas():
        inside, outside = time_each(lambda: bound(request), bare, rounds=1000, warmup=50)
    return [
        Figure(
            "context + row-level security, a request",
            f"{inside.p50 - outside.p50:.2f} ms (p95 {inside.p95 - outside.p95:.2f})",
            "1 ms",
            f"with {inside.p50:.2f} ms, without {outside.p50:.2f} ms",
        )
    ]


def _official(city: Tenant) -> User:
    with tenant_context(city.pk):
        user = User.objects.create(username="official", name="official", tenant=city)
        office = Office(Role.CITY_AUTHORITY, city.root(), timezone.localdate())
        appoint(user=user, office=office, by=User.objects.system(city))
    return user


class _unforced_areas:  # noqa: N801 - reads as a statement
    def __enter__(self) -> None:
        self._switch("NO FORCE")

    def __exit__(self, *_: object) -> None:
        self._switch("FORCE")

    @staticmethod
    def _switch(word: str) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"ALTER TABLE tenancy_area {word} ROW LEVEL SECURITY")
