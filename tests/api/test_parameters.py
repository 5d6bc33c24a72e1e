"""How lists are narrowed and cut into pages, and how what is not understood is refused."""

from base64 import b64encode
from datetime import date
from urllib.parse import urlsplit

import pytest

from tests.factories import (
    ContractFactory,
    JobFactory,
    OrganisationFactory,
    PlacementFactory,
    PointFactory,
    PostFactory,
    ProjectFactory,
    ReportFactory,
    RunFactory,
    RunFindingFactory,
    StationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes(rows):
    def ask(path, key="code", **query):
        return [row[key] for row in rows(path, **query)]

    return ask


def test_an_area_means_all_that_lies_below_it(codes, station, elsewhere):
    assert codes("stations/") == ["ZD1", "ZD2"]
    assert codes("stations/", area="440105000000") == ["ZD1"]
    assert codes("stations/", area="440105013000") == ["ZD1"]
    assert codes("stations/", area="440106001000") == ["ZD2"]
    assert codes("stations/", area="", cursor="") == ["ZD1", "ZD2"]


def bought(station, number):
    """A project's first contract."""
    operator = OrganisationFactory(area=station.area.parent)
    project = ProjectFactory(station=station, number=number, operator=operator)
    return ContractFactory(project=project)


def test_rows_of_one_station(codes, station, elsewhere):
    for place, suffix in ((station, "1"), (elsewhere, "2")):
        PointFactory(station=place, code=f"D{suffix}")
        post = PostFactory(station=place, code=f"G{suffix}")
        PlacementFactory(post=post, worker__code=f"R{suffix}")
        bought(place, f"P{suffix}")

    assert codes("points/", station="ZD2") == ["D2"]
    assert codes("posts/", station="ZD2") == ["G2"]
    assert codes("workers/", station="ZD2") == ["R2"]
    assert codes("projects/", "number", station="ZD2") == ["P2"]
    assert codes("contracts/", "project", station="ZD2") == ["P2"]
    assert codes("stations/", station="ZD2") == ["ZD2"]
    assert codes("stations/", station="ZD2", area="440105000000") == []


def test_what_was_in_force_on_a_day(codes, street, station):
    StationFactory(street=street, code="ZD9", opened_on=date(2025, 1, 1))
    PostFactory(station=station, code="G1", abolished_on=date(2023, 12, 31))
    PostFactory(station=station, code="G2")

    assert codes("stations/", on="2024-12-31") == ["ZD1"]
    assert codes("stations/", on="2025-01-01") == ["ZD1", "ZD9"]
    assert codes("posts/", on="2023-12-31") == ["G1", "G2"]
    assert codes("posts/", on="2024-01-01") == ["G2"]


def test_areas_by_level_words_and_day(codes, street, station):
    assert codes("areas/", level="street") == ["440105013000"]
    assert codes("areas/", q="海珠") == ["440105000000"]
    street.valid_to = date(2025, 12, 31)
    street.save()
    assert "440105013000" in codes("areas/", on="2025-12-31")
    assert "440105013000" not in codes("areas/", on="2026-01-01")


def test_contracts_of_a_project(codes, station):
    for number in ("P1", "P2"):
        bought(station, number)

    assert codes("contracts/", "project", project="P2") == ["P2"]
    assert codes("contracts/", "project", project="P3") == []


def test_findings_by_rule_status_subject_and_place(codes, root, street, elsewhere):
    run = RunFactory(area=root)
    RunFindingFactory(run=run, place=street)
    RunFindingFactory(run=run, place=elsewhere.area, status="watch", kind="station", code="ZD2")

    def found(**query):
        return [subject["code"] for subject in codes("findings/", "subject", **query)]

    assert found(status="watch") == ["ZD2"]
    assert found(kind="station", code="ZD2") == ["ZD2"]
    assert found(station="ZD2") == ["ZD2"]
    assert found(area=street.code) == [street.code]
    assert found(rule="COV-01") == [street.code, "ZD2"]
    assert found(rule="CERT-01") == []


def test_runs_reports_and_jobs(codes, root, street):
    run = RunFactory(area=root)
    RunFactory(area=street, on=date(2025, 1, 1))
    ReportFactory(area=root, run=run, period="2026-Q3")
    ReportFactory(area=root, run=run, period="2026")
    JobFactory(area=root, kind="evaluate")
    JobFactory(area=street, kind="report")

    assert codes("runs/", "on", on="2025-01-01") == ["2025-01-01"]
    assert codes("runs/", "on", area=street.code) == ["2025-01-01"]
    assert codes("reports/", "period", period="2026-Q3") == ["2026-Q3"]
    assert set(codes("jobs/", "state", state="queued")) <= {"queued"}
    assert codes("jobs/", state="done") == []


# --- pages --------------------------------------------------------------------------------------


def test_pages_lead_to_each_other_and_keep_what_was_asked(read, street, client_of, official):
    for number in range(5):
        StationFactory(street=street, code=f"ZD{number}")
    client = client_of(official)
    page = read("stations/", area=street.code, limit=2).json()
    seen = [page]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen.append(page)

    assert [[row["code"] for row in page["results"]] for page in seen] == [
        ["ZD0", "ZD1"],
        ["ZD2", "ZD3"],
        ["ZD4"],
    ]
    assert seen[0]["previous"] is None
    back = client.get(seen[-1]["previous"]).json()
    assert back["results"] == seen[1]["results"]
    assert f"area={street.code}" in urlsplit(seen[0]["next"]).query


# --- refusals -----------------------------------------------------------------------------------


def faults(response):
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    return {fault["parameter"]: fault["detail"] for fault in response.json()["errors"]}


def test_an_unknown_parameter_is_refused_with_those_that_are_known(read, station):
    assert faults(read("projects/", stations="ZD1")) == {
        "stations": "不认识参数“stations”。可用的参数：area、station、q、limit、cursor。"
    }
    one = read(f"stations/{station.pk}/", area="440105000000")
    assert faults(one) == {"area": "不认识参数“area”。此地址不带参数。"}


def test_everything_that_is_wrong_is_told_at_once(read, root):
    found = faults(read("findings/", on="昨天", status="bad", run="x", limit=201, page=2))

    assert {*found} == {"on", "status", "run", "limit", "page"}
    assert "参数“on”：" in found["on"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("stations/", {"on": "2026-02-30"}),
        ("stations/", {"on": "2026/01/01"}),
        ("stations/", {"mode": "purchase"}),
        ("stations/", {"limit": "0"}),
        ("stations/", {"limit": "many"}),
        ("findings/", {"run": 2**63}),
        ("findings/", {"run": -1}),
        ("reports/", {"period": "2026-Q5"}),
        ("reports/", {"period": "2026年"}),
        ("areas/", {"level": "planet"}),
        ("jobs/", {"state": "odd"}),
        ("stations/", {"area": "4" * 41}),
        ("stations/", {"area": ["440100000000", "440105000000"]}),
        ("stations/", {"format": "json"}),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(read, root, path, query):
    assert {*faults(read(path, **query))} == {*query}


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "令牌",
        "????",
        *(
            b64encode(told).decode()
            for told in (b"p=abc", b"p=" + b"9" * 40, b"p=", b"r=1", b"o=1", b"page=2")
        ),
    ],
)
def test_a_cursor_of_ones_own_making_is_refused(read, root, cursor):
    assert {*faults(read("areas/", cursor=cursor))} == {"cursor"}


def test_an_area_or_a_station_outside_ones_own_is_told_like_an_absent_one(
    read, office, elsewhere, station
):
    outside = [
        read("stations/", by=office, area=elsewhere.area.parent.code),
        read("stations/", by=office, area="440199999000"),
        read("stations/", by=office, station="ZD2"),
        read("stations/", by=office, station="ZD3"),
        read(f"stations/{elsewhere.pk}/", by=office),
        read(f"stations/{2**40}/", by=office),
        read("stations/x/", by=office),
    ]

    assert {(response.status_code, response.content) for response in outside} == {
        (404, outside[0].content)
    }
