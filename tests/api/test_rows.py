"""What the API tells of each kind of row."""

from datetime import date

import pytest

from tenancy.audit import append_pending
from tenancy.models import AuditEvent
from tests.api.planting import KINDS, planted
from tests.factories import (
    AreaFactory,
    ContractFactory,
    OrganisationFactory,
    PlacementFactory,
    PointFactory,
    PostFactory,
    ProjectFactory,
    ReportFactory,
    RunFactory,
    RunFindingFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
IDENTITY = "440105199001011234"


def test_a_station_names_its_street_and_its_operator(rows, station):
    station.operator = OrganisationFactory(name="示例中心", area=station.area.parent)
    station.save()

    [row] = rows("stations/")

    assert (row["code"], row["street"]) == ("ZD1", {"code": "440105013000", "name": "凤阳街道"})
    assert row["operator"] == {"id": station.operator.pk, "name": "示例中心"}
    assert row["opened_on"] == "2020-01-01"


def test_a_point_names_the_communities_it_covers(rows, station, street):
    community = AreaFactory(parent=street, level="community", code="440105013001", name="凤阳社区")
    PointFactory(station=station, code="D1", communities=[community])

    [row] = rows("points/")

    assert row["station"] == {"id": station.pk, "code": "ZD1", "name": "凤阳社工站"}
    assert row["communities"] == [{"code": "440105013001", "name": "凤阳社区"}]


def test_a_post_sits_at_its_station_or_a_point(rows, station):
    point = PointFactory(station=station, code="D1")
    PostFactory(station=station, code="G1")
    PostFactory(station=station, point=point, code="G2")

    at = {row["code"]: row["point"] and row["point"]["code"] for row in rows("posts/")}

    assert at == {"G1": None, "G2": "D1"}


def test_money_is_text_and_nothing_is_rounded(rows, station):
    operator = OrganisationFactory(area=station.area.parent)
    project = ProjectFactory(
        station=station, operator=operator, number="P1", price_claimed="120000.50"
    )
    ContractFactory(project=project, amount="2400000.10")

    [bought], [signed] = rows("projects/"), rows("contracts/")

    assert (bought["price_claimed"], bought["agreed_heads"]) == ("120000.50", 20)
    assert (signed["project"], signed["amount"], signed["year_no"]) == ("P1", "2400000.10", 1)


# --- people -----------------------------------------------------------------------------------


@pytest.fixture
def worker(station):
    person = WorkerFactory(code="R1", name="王小明", identity=IDENTITY, home=station.area.parent)
    return PlacementFactory(post__station=station, worker=person).worker


def keeper(station):
    return UserFactory(role="station_head", area=station.area)


def test_a_name_is_masked_unless_one_keeps_the_roster(rows, worker, station, official):
    assert [row["name"] for row in rows("workers/")] == ["王*明"]
    assert [row["name"] for row in rows("workers/", by=keeper(station))] == ["王小明"]


def test_an_identity_number_is_masked_for_everybody_and_absent_from_lists(
    read, worker, station, official
):
    for person in (official, keeper(station)):
        one = read(f"workers/{worker.pk}/", by=person)
        many = read("workers/", by=person)

        assert one.json()["identity"] == "440************234"
        assert "identity" not in many.json()["results"][0]
        assert IDENTITY[6:14] not in one.content.decode() + many.content.decode()


def test_who_read_people_is_kept(read, worker, official):
    read("workers/")
    read(f"workers/{worker.pk}/")
    append_pending()

    acts = AuditEvent.objects.order_by("seq").values_list("verb", "actor_id", "target_id", "detail")
    assert [*acts][-2:] == [
        ("list-workers", official.pk, None, {"workers": 1}),
        ("view-worker", official.pk, worker.pk, {}),
    ]


def test_searching_by_name_is_for_those_who_read_names(rows, worker, station):
    assert rows("workers/", q="小明") == []
    assert len(rows("workers/", q="小明", by=keeper(station))) == 1
    assert len(rows("workers/", q="R1")) == 1


# --- runs and what they found -----------------------------------------------------------------


def test_a_finding_tells_what_was_found_in_numbers_and_words(rows, read, root, street):
    run = RunFactory(area=root)
    finding = RunFindingFactory(run=run, place=street, evidence=[["station", "ZD1", ""]])

    [row] = rows("findings/")

    assert (row["run"], row["on"], row["rule"], row["status"]) == (
        run.pk,
        "2026-01-01",
        "COV-01",
        "not_met",
    )
    assert row["subject"] == {"kind": "area", "code": street.code, "name": street.name}
    assert (row["measured"], row["required"], row["shortfall"]) == (0, 1, {"streets": 1})
    assert row["sentence"]
    assert "evidence" not in row
    one = read(f"findings/{finding.pk}/").json()
    assert one == row | {"evidence": [{"kind": "station", "code": "ZD1"}]}


def test_findings_are_those_of_the_newest_run_unless_a_run_is_named(rows, root, street):
    former = RunFindingFactory(run=RunFactory(area=root, on=date(2025, 1, 1)), place=street)
    newest = RunFindingFactory(run=RunFactory(area=root), place=street)

    def found(**query):
        return [row["id"] for row in rows("findings/", **query)]

    assert found() == [newest.pk]
    assert found(on="2025-06-30") == [former.pk]
    assert found(run=former.run_id) == [former.pk]
    assert found(run=2**40) == []


def test_a_street_reads_its_own_in_the_citys_run(rows, root, street, elsewhere, office):
    run = RunFactory(area=root)
    own = RunFindingFactory(run=run, place=street)
    RunFindingFactory(run=run, place=elsewhere.area.parent)

    assert [row["id"] for row in rows("findings/", by=office)] == [own.pk]
    assert [row["id"] for row in rows("findings/", by=office, run=run.pk)] == [own.pk]
    assert rows("runs/", by=office) == []


def test_verdicts_on_people_are_for_those_who_may_see_people(rows, root, street):
    RunFindingFactory(run=RunFactory(area=root), place=street, kind="worker", code="R1")

    assert len(rows("findings/")) == 1
    assert rows("findings/", by=UserFactory(role="city_finance", area=root)) == []


def test_a_report_names_the_version_that_replaced_it(rows, root):
    first = ReportFactory(area=root, period="2026-Q3")
    ReportFactory(area=root, period="2026-Q3", number=2, replaces=first, run=first.run)

    versions = [(row["number"], row["replaced_by"]) for row in rows("reports/")]

    assert versions == [(1, 2), (2, 0)]
    assert {row["run"] for row in rows("reports/")} == {first.run_id}


# --- reach and cost -----------------------------------------------------------------------------

MOST_QUERIES = 14


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_one(
    kind, client_of, official, street, django_assert_num_queries, django_assert_max_num_queries
):
    client, url = client_of(official), f"/api/v1/{kind}/"
    planted(street, 1)
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        found = len(client.get(url).json()["results"])
    for number in range(2, 5):
        planted(street, number)

    with django_assert_num_queries(len(few)):
        assert len(client.get(url).json()["results"]) > found


@pytest.mark.parametrize("kind", KINDS)
def test_another_street_reads_nothing_of_it(kind, rows, street, elsewhere):
    planted(street, 1)
    stranger = UserFactory(role="street_office", area=elsewhere.area.parent)

    names = str(rows(f"{kind}/", by=stranger))

    assert street.code not in names
    assert street.name not in names
