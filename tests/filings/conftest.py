"""A street of a district, its station, and the people around a record."""

import pytest

from tests.factories import AreaFactory, StationFactory, UserFactory
from tests.filings.factories import MonthlyRecordFactory


@pytest.fixture
def district(root):
    return AreaFactory(level="district", code="440105000000", name="海珠区", parent=root)


@pytest.fixture
def street(district):
    return AreaFactory(level="street", code="440105001000", name="赤岗街道", parent=district)


@pytest.fixture
def station(street):
    return StationFactory(street=street, code="440105001-01", name="赤岗街社工服务站")


@pytest.fixture
def record(station):
    return MonthlyRecordFactory(station=station)


@pytest.fixture
def filer(station):
    return UserFactory(role="station_head", area=station.area)


@pytest.fixture
def street_officer(street):
    return UserFactory(role="street_office", area=street)


@pytest.fixture
def reviewer(district):
    return UserFactory(role="district_authority", area=district)


@pytest.fixture
def operator(street):
    return UserFactory(role="operator", area=street)
