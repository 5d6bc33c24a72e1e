"""The small city of `tests.city_workbook`, stored, and the people who keep its ledgers."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from jobs.desk.forms.row import stored
from jobs.ledgers import named
from stations.models import Station
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant
from tests.city_workbook import STREET, CityBook, plant_city
from tests.factories import AreaFactory, TenantFactory, UserFactory


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker, tmp_path_factory):
    """The book of a city imported once a module, in a transaction that never commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        tenant = TenantFactory()
        with tenant_context(tenant.pk):
            root = AreaFactory(level="city", code="440100000000", name="广州市", parent=None)
            plant_city(root)
            by = UserFactory(role="city_authority", area=root)
            book = CityBook(tmp_path_factory.mktemp("city"), by)
            assert book.apply().applied
        yield book
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def tenant(imported, db):
    """The city's tenant, inside its context; what a test changes is taken back after it."""
    with tenant_context(imported.user.tenant_id):
        yield Tenant.objects.get(pk=imported.user.tenant_id)


@pytest.fixture
def root(tenant):
    return tenant.root()


@pytest.fixture
def city(tenant):
    """The areas, by code."""
    return {area.code: area for area in Area.objects.all()}


@pytest.fixture
def kept(city):
    """The stored city."""
    return SimpleNamespace(
        **{station.code: station for station in Station.objects.all()},
        street=city[STREET],
        city=city,
    )


@pytest.fixture
def officer(kept):
    return UserFactory(role="street_office", area=kept.street)


@pytest.fixture
def head(kept):
    """The head of station S1."""
    return UserFactory(role="station_head", area=kept.S1.area)


@pytest.fixture
def centre(kept, root):
    return UserFactory(role="supervision_centre", area=root)


@pytest.fixture
def edited(client_of):
    """`edited(user, slug, row, **cells)`: the answer to a form with some cells changed."""

    def post(user, slug, row, **cells):
        data = {"version": row.version, **stored(named(slug), row), **cells}
        return client_of(user).post(f"/ledgers/{slug}/{row.pk}/edit/", data)

    return post


@pytest.fixture
def entered(client_of):
    """`entered(user, slug, **cells)`: the answer to the form of a new row."""

    def post(user, slug, submission="k" * 32, **cells):
        return client_of(user).post(f"/ledgers/{slug}/new/", {"submission": submission, **cells})

    return post


@pytest.fixture
def faults():
    """`faults(response)`: what a refused form says, by field."""

    def of(response):
        assert response.status_code == 422
        return {field: " ".join(told) for field, told in response.context["form"].errors.items()}

    return of
