"""The description: committed, true, made once; and the page for people."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tenancy.api import schema
from tests.architecture.house import ROOT

COMMITTED = ROOT / "docs" / "openapi.yaml"


def test_the_committed_description_is_the_codes():
    out = StringIO()
    call_command("spectacular", stdout=out)

    assert out.getvalue().strip() == COMMITTED.read_text().strip(), "run make openapi"


def test_each_list_tells_its_parameters_and_refusals():
    paths = schema.described("zh-hans")["paths"]

    stations = paths["/api/v1/stations/"]["get"]
    assert {"area", "station", "q", "on", "limit", "cursor"} <= {
        told["name"] for told in stations["parameters"]
    }
    for operations in paths.values():
        for operation in operations.values():
            told = operation["responses"]
            assert {"200", "400", "401", "403", "404", "406"} <= {*told}
            assert {*told["404"]["content"]} == {"application/problem+json"}


def test_what_is_written_tells_its_headers_and_its_body():
    paths = schema.described("zh-hans")["paths"]
    record = "/api/v1/monthly-records/{id}/"
    written = {
        f"{method} {path.removeprefix(record)}": {one["name"] for one in told["parameters"]}
        for path, operations in paths.items()
        for method, told in operations.items()
        if method != "get"
    }

    once, seen = {"id", "Idempotency-Key"}, {"id", "If-Match"}
    both = once | seen
    acts = dict.fromkeys(("accept", "return", "reopen", "submit"), both) | {"withdraw": once}
    assert written == {"patch ": seen} | {f"post {act}/": names for act, names in acts.items()}
    body = paths[f"{record}return/"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/Returning"}
    assert {"409", "412", "415", "422", "428"} <= {*paths[record]["patch"]["responses"]}


def test_no_field_of_the_api_is_a_telephone_or_a_full_identity_number():
    described = schema.described("zh-hans")["components"]["schemas"]
    fields = {name for one in described.values() for name in one.get("properties", {})}

    assert not [name for name in fields if re.search("phone|mobile|fingerprint", name)]
    assert "identity" not in described["Worker"]["properties"]


@pytest.mark.django_db
def test_the_description_is_made_once_for_all(client_of, official, monkeypatch):
    client = client_of(official)
    first = client.get("/api/schema/")
    monkeypatch.setattr(schema.SchemaGenerator, "get_schema", None)

    assert first.headers["Content-Type"] == "application/vnd.oai.openapi+json"
    assert client.get("/api/schema/").json() == first.json()


@pytest.mark.django_db
def test_the_page_explains_every_list_and_the_token(client_of, official):
    page = client_of(official).get("/api/docs/").content.decode()

    for path in schema.described("zh-hans")["paths"]:
        assert path.removesuffix("{id}/") in page
    assert "Authorization: Bearer" in page
    assert "If-None-Match" in page
    assert 'id="conflict-version"' in page
    assert 'id="record-locked"' in page
    assert ">inferred</code>" in page
    assert "级别：nation 全国，province 省" in page
    assert "`" not in page.partition("<main")[2]
    assert not re.findall(r'(?:src|href)="https?://', page)
