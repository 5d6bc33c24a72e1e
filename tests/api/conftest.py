import pytest

from tests.factories import AreaFactory, StationFactory, UserFactory
from tests.filings.factories import MonthlyRecordFactory

V1 = "/api/v1/"


@pytest.fixture
def street(root):
    district = AreaFactory(parent=root, level="district", code="440105000000", name="海珠区")
    return AreaFactory(parent=district, code="440105013000", name="凤阳街道")


@pytest.fixture
def station(street):
    return StationFactory(street=street, code="ZD1", name="凤阳社工站")


@pytest.fixture
def elsewhere(root):
    """A station of another street."""
    other = AreaFactory(parent=root, code="440106001000", name="五山街道")
    return StationFactory(street=other, code="ZD2", name="五山社工站")


@pytest.fixture
def read(client_of, official):
    """`read("stations/", area=…)`: the answer to the city's authority, or to `by`."""

    def ask(path, *, by=official, headers=None, **query):
        return client_of(by).get(f"{V1}{path}", query, headers=headers)

    return ask


@pytest.fixture
def rows(read):
    """The rows of a list."""

    def ask(path, **options):
        response = read(path, **options)
        assert response.status_code == 200, response.content.decode()
        return response.json()["results"]

    return ask


@pytest.fixture
def office(street):
    """Somebody of the street's office."""
    return UserFactory(role="street_office", area=street)


@pytest.fixture
def record(station):
    return MonthlyRecordFactory(station=station)


@pytest.fixture
def head(station):
    return UserFactory(role="station_head", area=station.area)


@pytest.fixture
def officer(street):
    return UserFactory(role="district_authority", area=street.parent)


@pytest.fixture
def filer(client_of, head):
    return client_of(head)


@pytest.fixture
def reviewer(client_of, officer):
    return client_of(officer)
