"""What goes over the line is small, and means the same."""

import gzip

import pytest
from django.http import HttpResponse

from tenancy.middleware import compression
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip"}


def test_a_page_is_compressed_for_those_who_can_read_it(client_of, official):
    client = client_of(official)

    plain, packed = client.get("/messages/"), client.get("/messages/", headers=GZIP)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).decode().endswith("</html>\n")


@pytest.mark.parametrize(
    ("kind", "is_packed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("application/pdf", False),
        ("application/zip", False),
    ],
)
def test_files_stay_as_they_are(rf, kind, is_packed):
    answer = compression(lambda _: HttpResponse(b"x" * 1000, content_type=kind))

    assert answer(rf.get("/", headers=GZIP)).has_header("Content-Encoding") is is_packed


def test_an_answer_of_the_api_still_holds_when_it_was_compressed(client_of, official):
    AreaFactory(parent=official.appointments.get().area)
    client = client_of(official)
    seen = client.get("/api/v1/areas/", headers=GZIP)
    assert seen.headers["Content-Encoding"] == "gzip"

    again = client.get("/api/v1/areas/", headers=GZIP | {"if-none-match": seen.headers["ETag"]})

    assert again.status_code == 304
