"""How the API answers: problems when it refuses, an ETag when it gives."""

import pytest
from django.db import OperationalError

from compliance.api import RunViewSet
from tests.conftest import TenantlessClient
from tests.factories import StationFactory, UserFactory

pytestmark = pytest.mark.django_db
STATIONS = "/api/v1/stations/"
PROBLEM = "application/problem+json"


def assert_problem(response, status):
    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Cache-Control"] == "no-store"
    told = response.json()
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"]
    assert told["detail"]
    return told


def test_a_stranger_is_asked_for_a_token(root):
    response = TenantlessClient().get(STATIONS)

    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_whoever_lacks_the_verb_is_refused(read, root):
    told = assert_problem(read("stations/", by=UserFactory(role="audit_admin", area=root)), 403)

    assert told["detail"] == "您没有这项权限。"


@pytest.mark.parametrize("path", ["stations/1000000/", "atlantis/", "stations/1/2/"])
def test_what_is_not_there(read, root, path):
    assert_problem(read(path), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client_of, official, method):
    response = getattr(client_of(official), method)(STATIONS)

    assert_problem(response, 405)
    assert "GET" in response.headers["Allow"]


def test_only_json_is_given(read, root):
    assert_problem(read("stations/", headers={"accept": "text/html"}), 406)


def test_an_address_that_no_database_could_hold(read, root):
    assert_problem(read("stations/", q="\x00"), 400)


@pytest.mark.parametrize(("fallen", "status"), [(OperationalError, 503), (KeyError, 500)])
def test_what_fails_is_told_without_its_reason(client_of, official, monkeypatch, fallen, status):
    def fail(*_):
        raise fallen("secret")

    monkeypatch.setattr(RunViewSet, "rows", fail)
    client = client_of(official)
    client.raise_request_exception = False
    response = client.get("/api/v1/runs/")

    told = assert_problem(response, status)
    assert told["request_id"] == response.headers["X-Request-ID"]
    assert "secret" not in response.content.decode()


def test_a_page_keeps_its_errors_for_people(client_of, official):
    response = client_of(official).get("/atlantis/")

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")


def test_what_has_not_changed_is_not_sent_again(read, station):
    first = read("stations/")
    tag = first.headers["ETag"]
    again = read("stations/", headers={"if-none-match": tag})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["ETag"], again.headers["Cache-Control"]) == (tag, "private, no-cache")

    StationFactory(street=station.area.parent)
    assert read("stations/", headers={"if-none-match": tag}).status_code == 200


def test_one_row_has_its_tag_too(read, station):
    address = f"stations/{station.pk}/"
    tag = read(address).headers["ETag"]

    assert read(address, headers={"if-none-match": f'"other", {tag}'}).status_code == 304
    station.name = "改名社工站"
    station.save()
    assert read(address, headers={"if-none-match": tag}).status_code == 200
