import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_safe

from tenancy.context import tenant_context
from tenancy.models import Area
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tests.access.faults import (
    faults_of_headers,
    faults_of_roles,
    faults_of_strangers,
    sent_to_log_in,
)
from tests.access.kinds import Kind, one
from tests.access.table import rows
from tests.access.world import address, ask, signed_in, undone
from tests.conftest import TenantlessClient
from tests.factories import UserFactory

EACH_ROW = pytest.mark.parametrize(("name", "method", "access"), rows())
EACH_UNSAFE_ROW = pytest.mark.parametrize(
    ("name", "method", "access"), [row for row in rows() if row.values[1] != "GET"]
)


@pytest.mark.usefixtures("unrendered")
@EACH_ROW
def test_each_role_at_each_place(world, name, method, access):
    with undone():
        assert faults_of_roles(world, name, method, access) == []


@pytest.mark.full
@pytest.mark.usefixtures("unrendered")
@EACH_ROW
def test_every_role_above_and_below_as_well(world, name, method, access):
    with undone():
        assert faults_of_roles(world, name, method, access, every=True) == []


@pytest.mark.usefixtures("unrendered")
@EACH_ROW
def test_strangers_are_sent_to_the_log_in_page(world, name, method, access):
    stranger = TenantlessClient(raise_request_exception=False)

    with undone():
        url = address(name, access, world.made(access))
        assert faults_of_strangers(stranger, name, method, access, url) == []


@pytest.mark.usefixtures("unrendered")
@EACH_ROW
def test_a_person_without_any_office_reaches_no_object(world, name, method, access):
    with undone():
        with tenant_context(world.own.tenant.pk):
            client = signed_in(UserFactory())
        response = ask(client, method, address(name, access, world.made(access)), access)

        wanted = {404} if access.kind is Kind.OBJECT else {403} if access.verb else access.answers
        assert response.status_code in wanted


@pytest.mark.usefixtures("unrendered")
@EACH_ROW
def test_a_platform_administrator_meets_no_tenant(world, name, method, access):
    with undone():
        url = address(name, access, world.made(access))
        client = signed_in(UserFactory(tenant_id=None))
        response = ask(client, method, url, access)

        harmless = access.kind in {Kind.PUBLIC, Kind.OWN} and response.status_code in access.answers
        assert harmless or sent_to_log_in(response) or response.status_code in {401, 403, 404}


@pytest.mark.usefixtures("unrendered")
@EACH_UNSAFE_ROW
def test_an_unsafe_method_wants_its_token(world, name, method, access):
    with undone():
        url = address(name, access, world.made(access))
        with tenant_context(world.own.tenant.pk):
            person = UserFactory(role="city_authority", area=world.own.root)
        response = ask(signed_in(person, enforce_csrf_checks=True), method, url, access)

        assert response.status_code == 403
        assert faults_of_headers(response) == []


# --- The matrix itself, against a site that leaks -----------------------------------------------


@require_safe
def gated(request, pk):
    return HttpResponse(scoped_or_404(Area, request.user, Permission.EVALUATE, pk=pk).name)


@require_safe
def ungated(request, pk):
    return HttpResponse(Area.objects.get(pk=pk).name)


@require_safe
def existing(request, pk):
    """Tells that a row exists before it asks whose it is."""
    known = Area.objects.filter(pk=pk).exists()
    return HttpResponse(status=403 if known else 404)


class Leaky:
    urlpatterns = [
        path("gated/<int:pk>/", gated, name="gated"),
        path("ungated/<int:pk>/", ungated, name="ungated"),
        path("existing/<int:pk>/", existing, name="existing"),
        path("", include("config.urls")),
    ]


@pytest.mark.parametrize(
    ("name", "leaks"), [("gated", False), ("ungated", True), ("existing", True)]
)
def test_the_matrix_finds_a_leak(world, settings, name, leaks):
    settings.ROOT_URLCONF = Leaky
    street = one(Permission.EVALUATE, lambda street, by: street)

    assert bool(faults_of_roles(world, name, "GET", street)) is leaks


def test_the_matrix_finds_a_page_open_to_strangers(settings, world):
    settings.ROOT_URLCONF = Leaky
    page = one(Permission.EVALUATE, lambda street, by: street)

    assert faults_of_strangers(Client(), "gated", "GET", page, "/login/") == ["a stranger: 200"]


def test_a_missing_header_is_found():
    assert "200 without X-Frame-Options" in faults_of_headers(HttpResponse())
