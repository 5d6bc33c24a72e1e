"""The API fuzzed against its own schema, as each kind of person."""

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings

from config.wsgi import application
from tenancy.context import tenant_context
from tenancy.permissions import Role
from tests.factories import AreaFactory, TenantFactory, UserFactory

pytestmark = [
    pytest.mark.full,
    pytest.mark.no_tenant,
    pytest.mark.django_db(transaction=True),
]
CANARY = "别处的街道"
EXAMPLES = 25


ROLES = (Role.CITY_AUTHORITY, Role.STREET_OFFICE, Role.WORKER, Role.AUDIT_ADMIN)


@pytest.fixture
def sessions(tenant):
    """The session cookie of one person a role, beside another tenant's canary."""
    with tenant_context(TenantFactory().pk):
        AreaFactory(name=CANARY)
    with tenant_context(tenant.pk):
        area = AreaFactory()
        users = [UserFactory(role=role, area=area) for role in ROLES]
    return [_cookie(user) for user in users]


def _cookie(user):
    client = Client()
    client.force_login(user)
    return client.cookies["session"].value


def test_no_request_breaks_the_api_or_shows_another_tenant(sessions):
    schema = schemathesis.openapi.from_dict(_described(sessions[0]))
    schema.app = application
    operations = [operation.ok() for operation in schema.get_all_operations()]

    seen = {operation.label: _fuzz(operation, sessions) for operation in operations}

    assert len(seen) >= 4
    assert all(200 in codes for label, codes in seen.items() if "{id}" not in label)


def _described(session):
    """The schema, as somebody who is signed in may read it."""
    client = Client()
    client.cookies["session"] = session
    return client.get("/api/schema/?format=json").json()


def _fuzz(operation, sessions):
    seen = set()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(case=operation.as_strategy())
    def holds(case):
        for session in sessions:
            case.cookies = {"session": session}  # else it makes one up and meets a closed door
            response = case.call()
            seen.add(response.status_code)

            assert response.status_code < 500
            assert CANARY not in response.text
            case.validate_response(response)

    holds()
    return seen
