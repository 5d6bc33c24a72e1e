"""Looking changes nothing; and each page can be rendered for whoever may see it."""

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from tenancy.context import tenant_context
from tenancy.isolation import TenancyClass
from tenancy.models import Area, AuditEvent, Tenant
from tenancy.permissions import ROLES, Role
from tests.access.faults import faults_of_headers
from tests.access.kinds import Place, own
from tests.access.table import rows
from tests.access.world import address, ask, undone

# What is its sender's own is shown to nobody else; tests of its own render it.
SHOWN = {200, 302}
SAFE = [row for row in rows() if row.values[1] == "GET" and SHOWN & row.values[2].answers]
# Reads of personal data leave their trace; a session notes when it was last seen.
MAY_GROW = {AuditEvent._meta.db_table, "django_session"}

TABLES = {
    model._meta.db_table: getattr(model, "tenancy", None) is TenancyClass.TENANT
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed
}


def checksums(tenants):
    """Each table's rows as one sum, tenants' tables once for each tenant."""
    sums = {}
    for tenant in tenants:
        with tenant_context(tenant.pk):
            sums |= {(tenant.pk, table): checksum(table) for table in tables(of_tenants=True)}
    return sums | {table: checksum(table) for table in tables(of_tenants=False)}


def tables(*, of_tenants):
    return [name for name, mine in TABLES.items() if mine is of_tenants and name not in MAY_GROW]


def checksum(table):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {table} row"
        )
        return cursor.fetchone()[0]


def who_may(access):
    return next(role for role in Role if access.verb is None or access.verb in ROLES[role].verbs)


@pytest.mark.parametrize(("name", "method", "access"), SAFE)
def test_a_page_is_shown_and_nothing_changes(world, name, method, access):
    tenants = [world.own.tenant, world.foreign.tenant]

    with undone():
        url = address(name, access, world.made(access))
        before = checksums(tenants)
        response = ask(world.client(who_may(access), Place.ABOVE), method, url, access, keep=True)

        assert response.status_code in SHOWN
        assert faults_of_headers(response) == []
        assert checksums(tenants) == before


@require_safe
def counts_visits(request):
    Tenant.objects.update(name="visited")
    return HttpResponse()


@require_safe
def renames(request):
    Area.objects.update(name="visited")
    return HttpResponse()


class Writing:
    urlpatterns = [path("a/", counts_visits, name="a"), path("b/", renames, name="b")]


@pytest.mark.parametrize("url", ["/a/", "/b/"])
def test_a_view_that_writes_while_reading_fails(world, settings, url):
    settings.ROOT_URLCONF = Writing
    client = world.client(Role.CITY_AUTHORITY, Place.OWN)

    assert ask(client, "GET", url, own()).status_code == 500


def test_a_change_is_seen_in_the_sums(world):
    tenants = [world.own.tenant, world.foreign.tenant]
    before = checksums(tenants)

    with undone():
        with tenant_context(world.foreign.tenant.pk):
            Area.objects.filter(pk=world.foreign.street.pk).update(name="改名")
        assert checksums(tenants) != before
