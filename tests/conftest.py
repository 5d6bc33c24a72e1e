"""What every test shares: its tenant, its context, and a client that brings no tenant along."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.test import Client
from django.test.testcases import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tenancy import context
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant, User
from tests.city_workbook import CityBook, plant_city
from tests.factories import AreaFactory, TenantFactory, UserFactory

# A busy machine is no fault of a rule: speed is measured in `bench/`, never asserted.
hypothesis.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("untimed")

# Rows that migrations wrote and tests must not lose.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database stands already: `tests.servers` cloned it from the migrated template."""


def truncate_all(*_: object) -> None:
    """Empty all tables after a test that commits; only an administrator may, and past triggers."""
    database = os.environ["DATABASE_URL"].rsplit("/", 1)[1].split("?")[0]
    with closing(psycopg2.connect(os.environ["ZHANDIAN_TEST_ADMIN"], dbname=database)) as admin:
        with admin.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        admin.commit()


TransactionTestCase._fixture_teardown = truncate_all  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def tenant(request: pytest.FixtureRequest) -> Iterator[Tenant | None]:
    """The test's tenant; tests with a database run inside its context unless marked `no_tenant`."""
    if not _uses_database(request):
        yield None
        return
    request.getfixturevalue("transactional_db" if _is_transactional(request) else "db")
    tenant = TenantFactory()
    if request.node.get_closest_marker("no_tenant"):
        yield tenant
        return
    with tenant_context(tenant.pk):
        yield tenant


def _uses_database(request: pytest.FixtureRequest) -> bool:
    wanted = {
        "db",
        "transactional_db",
        "live_server",
        "root",
        "client_of",
        "django_assert_num_queries",
    }
    return bool(request.node.get_closest_marker("django_db") or wanted & {*request.fixturenames})


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(
        {"transactional_db", "live_server"} & {*request.fixturenames}
        or (marker and marker.kwargs.get("transaction"))
    )


@pytest.fixture
def root(tenant: Tenant) -> Area:
    """The top of the tenant's tree."""
    return AreaFactory(level="city", code="440100000000", name="广州市", parent=None)


@contextmanager
def suspended() -> Iterator[None]:
    """Step out of the test's context, as a request or a worker stands outside it."""
    token = context._tenant_id.set(None)
    try:
        yield
    finally:
        context._tenant_id.reset(token)


class TenantlessClient(Client):
    """Django's client, whose requests do not inherit the context of the test."""

    def request(self, **request: Any) -> Any:
        with suspended():
            return super().request(**request)


@pytest.fixture
def client() -> Client:
    return TenantlessClient()


@pytest.fixture
def client_of(db: None) -> Any:
    """`client_of(user)`: a signed-in client."""

    def sign_in(user: User) -> Client:
        client = TenantlessClient()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def official(root: Area) -> User:
    """Somebody of the city's authority."""
    return UserFactory(role="city_authority", area=root)


@pytest.fixture
def city(root: Area) -> dict[str, Area]:
    """Districts and streets of `tests.city_workbook`, by name and code."""
    return plant_city(root)


@pytest.fixture
def city_book(tmp_path: Path, city: dict[str, Area], official: User) -> CityBook:
    """The city's workbook in the hands of its authority."""
    return CityBook(tmp_path, official)
