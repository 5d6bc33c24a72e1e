"""Monthly records read, filled, filed and reviewed by programs."""

import pytest

from tests.api.conftest import V1
from tests.factories import UserFactory
from tests.filings.factories import MonthlyRecordFactory

pytestmark = pytest.mark.django_db
RECORDS = f"{V1}monthly-records/"
FIGURES = {"opening": 3, "opened": 2, "closed": 1, "hours": "160.5"}


@pytest.fixture
def record(station):
    return MonthlyRecordFactory(station=station)


@pytest.fixture
def filer(client_of, station):
    return client_of(UserFactory(role="station_head", area=station.area))


def address(record, act=""):
    return f"{RECORDS}{record.pk}/" + (f"{act}/" if act else "")


def tag_of(client, record):
    return client.get(address(record)).headers["ETag"]


def patch(client, record, **body):
    headers = {"if-match": body.pop("tag", None) or tag_of(client, record)}
    return client.patch(address(record), body, "application/json", headers=headers)


def post(client, record, act, key="key-1", tag=None, **body):
    headers = {"if-match": tag or tag_of(client, record), "idempotency-key": key}
    return client.post(address(record, act), body, "application/json", headers=headers)


def test_a_record_is_filled_and_filed(filer, record):
    drafted = patch(filer, record, figures=FIGURES | {"hours": "很多"}, texts={"highlights": "一"})
    assert drafted.status_code == 200, drafted.json()
    assert drafted.json()["unread"] == {"hours": "很多"}
    assert [one["code"] for one in drafted.json()["problems"]] == ["unread.hours"]
    filed = post(filer, record, "submit", figures={"hours": 160.5})
    assert filed.status_code == 200, filed.json()
    assert filed.json()["state"] == "submitted"
    assert filed.json()["computed"] == {"closing": 4}
    assert filed.json()["figures"] == FIGURES
