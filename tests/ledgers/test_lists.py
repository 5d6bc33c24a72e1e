from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.ledgers import registered
from staffing.models import Placement, Worker
from stations.models import Station
from tenancy.audit import append_pending
from tenancy.models import AuditEvent
from tests.city_workbook import ELSEWHERE, IDENTITY, STREET
from tests.factories import (
    AssignmentFactory,
    CertificateFactory,
    ContractFactory,
    OrganisationFactory,
    PlacementFactory,
    PointFactory,
    PostFactory,
    ProjectFactory,
    StationFactory,
    SupervisionCentreFactory,
    SupervisorFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
SLUGS = [ledger.slug for ledger in registered().values()]
WITH_PEOPLE = ["workers", "placements", "certificates", "assignments"]
TODAY = date(2026, 2, 1)


def names(response):
    return [row.cells[0].text for row in response.context["table"].rows]


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("slug", SLUGS)
def test_each_ledger_lists_what_was_imported(kept, client_of, official, imported, slug):
    ledger = next(one for one in registered().values() if one.slug == slug)

    response = client_of(official).get(f"/ledgers/{slug}/")

    assert len(names(response)) == len(imported.rows[ledger.sheet])
    assert f"<title>{ledger.sheet}台账 · " in text_of(response)
    assert "修改" not in text_of(response)


def test_the_overview_counts_what_one_sees(kept, client_of, officer, root):
    def offered(user):
        response = client_of(user).get("/ledgers/")
        return {
            one["name"]: (one["count"], bool(one["new"])) for one in response.context["ledgers"]
        }

    assert offered(officer)["岗位"] == (2, True)
    assert offered(officer)["人员"] == (1, False)
    assert offered(UserFactory(role="city_finance", area=root)).keys() == {
        "社工站",
        "社工点",
        "岗位",
        "项目",
        "合同",
    }
    assert offered(UserFactory(role="security_admin", area=root)) == {}


def test_rows_elsewhere_are_not_listed(kept, client_of, officer):
    client = client_of(officer)

    assert names(client.get("/ledgers/stations/")) == ["凤阳街社工站"]
    assert names(client.get("/ledgers/workers/")) == ["陈*"]
    assert client.get(f"/ledgers/stations/?area={ELSEWHERE}").status_code == 404


def test_an_area_narrows(kept, client_of, official):
    client = client_of(official)

    assert names(client.get(f"/ledgers/stations/?area={STREET}")) == ["凤阳街社工站"]
    assert names(client.get("/ledgers/points/?area=440106000000")) == []
    assert "▸" not in text_of(client.get("/ledgers/points/?area=440106000000"))


@pytest.mark.parametrize(
    ("slug", "words", "found"),
    [
        ("stations", "江海", ["江海街社工站"]),
        ("stations", "s1", ["凤阳街社工站"]),
        ("stations", "%", []),
        ("posts", "凤阳", ["G1", "G2"]),
        ("placements", "G3", ["R2"]),
        ("contracts", "P1", ["P1", "P1"]),
    ],
)
def test_words_narrow(kept, client_of, official, slug, words, found):
    assert names(client_of(official).get(f"/ledgers/{slug}/", {"q": words})) == found


def test_people_are_found_by_name_by_those_only_who_read_it_in_full(
    kept, client_of, official, head
):
    def found(user, slug):
        return len(names(client_of(user).get(f"/ledgers/{slug}/", {"q": "陈一"})))

    assert [found(head, slug) for slug in ("workers", "placements", "certificates")] == [1, 2, 1]
    assert [found(official, slug) for slug in ("workers", "placements", "certificates")] == [0] * 3


def test_names_are_masked_for_those_who_do_not_keep_the_roster(kept, client_of, official, head):
    for slug in WITH_PEOPLE:
        page = text_of(client_of(official).get(f"/ledgers/{slug}/"))
        assert "陈一" not in page
        assert "李二" not in page
        assert IDENTITY not in page
    assert "王督导" not in text_of(client_of(official).get("/ledgers/supervisors/"))
    assert "陈一" in text_of(client_of(head).get("/ledgers/workers/"))
    assert "陈一" in text_of(client_of(head).get("/ledgers/placements/"))


def test_who_verifies_certificates_reads_their_holders_names(kept, client_of, officer):
    assert "陈一" in text_of(client_of(officer).get("/ledgers/certificates/"))
    assert "陈一" not in text_of(client_of(officer).get("/ledgers/workers/"))


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2019-12-31", []),
        ("2020-01-01", ["凤阳街社工站"]),
        ("2025-12-31", ["凤阳街社工站"]),
        ("2026-01-01", []),
    ],
)
def test_the_day_of_closing_is_no_day_in_force(kept, client_of, officer, on, found):
    Station.objects.filter(pk=kept.S1.pk).update(closed_on=date(2026, 1, 1))

    assert names(client_of(officer).get("/ledgers/stations/", {"on": on})) == found


@pytest.mark.parametrize(("on", "count"), [("2020-12-31", 1), ("2021-01-01", 1), ("2022-01-01", 0)])
def test_the_last_day_of_a_contract_is_in_force(kept, client_of, officer, on, count):
    assert len(names(client_of(officer).get("/ledgers/contracts/", {"on": on}))) == count


@pytest.mark.parametrize("slug", SLUGS)
def test_a_ledger_may_be_asked_for_a_day(kept, client_of, official, slug):
    assert client_of(official).get(f"/ledgers/{slug}/", {"on": "2026-10-05"}).status_code == 200


@pytest.mark.parametrize("query", ["on=tomorrow", "page=x", "page=99", "level=x"])
def test_what_cannot_be_read_narrows_nothing(kept, client_of, official, query):
    assert len(names(client_of(official).get(f"/ledgers/stations/?{query}"))) == 2


def test_lists_are_paged(kept, client_of, officer):
    for _ in range(51):
        PostFactory(station=kept.S1)
    client = client_of(officer)

    assert len(names(client.get("/ledgers/posts/"))) == 50
    second = client.get("/ledgers/posts/?page=2&q=G")
    assert len(names(second)) == 3
    assert "?q=G" in second.context["export_url"]


@pytest.mark.parametrize("slug", ["nothing", "station", "placement"])
def test_an_unknown_ledger_is_not_found(kept, client_of, official, slug):
    assert client_of(official).get(f"/ledgers/{slug}/").status_code == 404
    assert client_of(official).get(f"/ledgers/{slug}/export.xlsx").status_code == 404


def grow(kept):
    """Some more rows of every ledger at S1's street."""
    for _ in range(4):
        seat = OrganisationFactory(area=kept.street)
        station = StationFactory(street=kept.street, operator=seat)
        point = PointFactory(station=station, communities=[])
        post = PostFactory(station=station, point=point)
        worker = WorkerFactory(home=kept.street, employer=seat)
        PlacementFactory(post=post, worker=worker)
        CertificateFactory(worker=worker)
        project = ProjectFactory(station=station, operator=seat)
        ContractFactory(project=project)
        hub = SupervisionCentreFactory(area=kept.street, organisation=seat)
        supervisor = SupervisorFactory(home=kept.street, centre=hub)
        AssignmentFactory(supervisor=supervisor, station=None, worker=worker)


def asked(client, url):
    append_pending()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("page", ["", "export.xlsx"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_number_of_queries_does_not_grow_with_the_rows(kept, client_of, official, slug, page):
    client, url = client_of(official), f"/ledgers/{slug}/{page}"
    client.get("/account/")  # the session is new, and noted, once
    few = asked(client, url)
    grow(kept)

    many = asked(client, url)

    assert len(many) == len(few) <= 16


@pytest.mark.parametrize("page", ["", "export.xlsx"])
@pytest.mark.parametrize("slug", WITH_PEOPLE)
def test_identity_numbers_are_not_even_read(kept, client_of, head, slug, page):
    statements = asked(client_of(head), f"/ledgers/{slug}/{page}")

    assert any('"staffing_worker"."name"' in sql for sql in statements)
    assert not [sql for sql in statements if '"staffing_worker"."identity"' in sql]


def workbook(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(BytesIO(response.content))


def test_the_workbook_holds_what_the_page_shows(kept, client_of, officer):
    client, url = client_of(officer), "/ledgers/placements/"
    table = client.get(url, {"q": "G1"}).context["table"]

    response = client.get(f"{url}export.xlsx", {"q": "G1"})

    sheet = workbook(response)["任职"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [column["label"] for column in table.columns]
    assert rows[1][:3] == ["R1 陈*", "G1 站长", "P1"]
    assert (rows[1][3].date(), rows[1][4], rows[1][5]) == (date(2020, 1, 1), None, 0.5)
    assert len(rows) == 2
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_workbook_says_what_it_is_of(kept, client_of, officer):
    response = client_of(officer).get(
        "/ledgers/stations/export.xlsx", {"area": STREET, "on": "2026-01-01"}
    )

    about = dict(row for row in workbook(response)["说明"].iter_rows(values_only=True))
    assert about["范围"] == f"凤阳街道 {STREET}"
    assert (about["在此日有效"], about["行数"]) == ("2026-01-01", "1")
    assert about["导出人"] == officer.name
    assert about["数据时间"]


def test_text_that_looks_like_a_formula_stays_text(kept, client_of, officer):
    Station.objects.filter(pk=kept.S1.pk).update(name="=1+1")

    cell = workbook(client_of(officer).get("/ledgers/stations/export.xlsx"))["社工站"]["A2"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_export_is_noted_without_the_words_searched_for(kept, client_of, head):
    client_of(head).get("/ledgers/workers/export.xlsx", {"q": "陈一"})

    event = AuditEvent.objects.get(verb="export-ledger")
    assert event.actor_id == head.pk
    assert event.detail == {"ledger": "workers", "rows": 1, "words": True, "on": ""}


def test_too_many_rows_are_not_exported(kept, client_of, official, monkeypatch):
    monkeypatch.setattr("jobs.desk.views.lists.MOST_EXPORTED", 1)

    response = client_of(official).get("/ledgers/stations/export.xlsx", follow=True)

    assert response.redirect_chain == [("/ledgers/stations/", 302)]
    assert "请先" in text_of(response)


def test_a_list_speaks_english(kept, client_of, officer):
    officer.language = "en"
    officer.save()

    page = text_of(client_of(officer).get("/ledgers/posts/", headers={"Accept-Language": "en"}))

    assert "1 Jan 2020" in page


def test_an_ended_placement_is_not_in_force(kept, client_of, head):
    Worker.objects.filter(code="R1").update(left_on=date(2025, 1, 1))
    client = client_of(head)

    assert len(names(client.get("/ledgers/placements/", {"on": "2025-01-01"}))) == 2
    assert len(names(client.get("/ledgers/placements/", {"on": "2025-01-02"}))) == 0
    assert Placement.objects.count() == 3
