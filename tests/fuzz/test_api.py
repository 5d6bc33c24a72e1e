"""The API fuzzed against its own schema, as each kind of person."""

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from config.wsgi import application
from filings.api import MonthlyRecordViewSet
from filings.models import MonthlyRecord
from tenancy.actions.public_keys import issue_token
from tenancy.context import tenant_context
from tenancy.models import User
from tenancy.permissions import Role
from tests.api.planting import KINDS, planted
from tests.conftest import TenantlessClient
from tests.factories import AreaFactory, TenantFactory, UserFactory

pytestmark = [
    pytest.mark.full,
    pytest.mark.no_tenant,
    pytest.mark.django_db(transaction=True),
]
CANARY = "别处的街道"
EXAMPLES = 8
PLAIN = {"Accept-Encoding": "identity"}  # without a browser nobody would unpack the answer


@pytest.fixture
def foreign():
    """Ids of another tenant's rows, by kind; their places bear the canary's name."""
    with tenant_context(TenantFactory().pk):
        street = AreaFactory(name=CANARY)
        planted(street)
        return {kind: {row["id"] for row in _rows_of(street, kind)} for kind in KINDS}


def _rows_of(street, kind):
    """What its own authority reads of it."""
    client = TenantlessClient()
    client.force_login(UserFactory(role=Role.CITY_AUTHORITY, area=street))
    return client.get(f"/api/v1/{kind}/").json()["results"]


@pytest.fixture(params=Role)
def ways_in(tenant, request):
    """A session and a token of somebody who holds the role where there is something to see."""
    with tenant_context(tenant.pk):
        area = AreaFactory()
        planted(area)
        user = UserFactory(role=request.param, area=area)
        record = MonthlyRecord.objects.get().pk
        return [way | {"record": record} for way in (_session(user), _token(user))]


def _session(user):
    client = Client()
    client.force_login(user)
    return {"cookies": {"session": client.cookies["session"].value}, "headers": {}}


def _token(user):
    token = issue_token(user=user, days=1, by=User.objects.system(user.tenant_id))
    return {"cookies": {}, "headers": {"Authorization": f"Bearer {token}"}}


def test_no_request_breaks_the_api_or_shows_another_tenant(ways_in, foreign):
    schema = schemathesis.openapi.from_dict(_described(ways_in[-1]))
    schema.app = application
    operations = [operation.ok() for operation in schema.get_all_operations()]

    seen = {operation.label: _fuzz(operation, ways_in, foreign) for operation in operations}

    assert all(foreign.values())
    assert len(seen) == 2 * len(KINDS) + len(MonthlyRecordViewSet.writes)
    assert all({200, 403} & codes for label, codes in seen.items() if "{id}" not in label)
    assert all({*codes} - {404} for label, codes in seen.items() if not label.startswith("GET"))


def _described(way_in):
    """The schema, as somebody who is known may read it."""
    return Client().get("/api/schema/", headers=way_in["headers"]).json()


def _fuzz(operation, ways_in, foreign):
    seen = set()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(case=operation.as_strategy())
    def holds(case):
        for way_in in ways_in:
            # Else it makes one up and meets a closed door.
            case.cookies = way_in["cookies"]
            case.headers = _declared(case) | PLAIN | way_in["headers"]
            case.path_parameters |= _near(operation, way_in)
            response = case.call()
            seen.add(response.status_code)

            assert response.status_code < 500
            assert CANARY not in response.text
            assert not _ids(response) & foreign[operation.path.split("/")[3]]
            case.validate_response(response, excluded_checks=_unfit_for(case))

    holds()
    return seen


def _declared(case):
    """Of the headers that were made up those that the operation wants."""
    wanted = {parameter.name for parameter in case.operation.headers}
    return {name: value for name, value in (case.headers or {}).items() if name in wanted}


def _near(operation, way_in):
    """What is written to is asked for where it stands: a number made up would meet nothing."""
    return {"id": way_in["record"]} if "monthly-records/{id}" in operation.path else {}


def _ids(response):
    told = response.json()
    return {row["id"] for row in told.get("results", [told]) if "id" in row}


def _unfit_for(case):
    """Checks that misread the API.

    Of two ways in `ignored_auth` takes the one it did not choose for a door left open; a cursor
    that was made up is refused, whatever it looks like, and so are a version and the codes of cells.
    """
    made_up = "cursor" in (case.query or {}) or case.method.upper() != "GET"
    return [ignored_auth, *([positive_data_acceptance] if made_up else [])]
