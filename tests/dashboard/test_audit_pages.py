"""The audit in the hands of its administrator: found, read, taken away, and never too much."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
import time_machine

from dashboard.acts.things import things
from staffing.actions import reveal_identity
from tenancy import audit
from tenancy.models import AuditEvent, User
from tests.city_workbook import IDENTITY
from tests.compliance.ledgers import haizhu, hire, staffed
from tests.dashboard.test_area_page import text_of
from tests.factories import (
    AreaFactory,
    CertificateFactory,
    PostFactory,
    StationFactory,
    SupervisorFactory,
    UserFactory,
    WorkerFactory,
    appointed,
)

pytestmark = pytest.mark.django_db
MOST = 14


@pytest.fixture
def auditor(root):
    return UserFactory(username="shenji", name="审计员", role="audit_admin", area=root)


@pytest.fixture
def street(root):
    return haizhu(root)[1]


@pytest.fixture
def worker(street):
    post = PostFactory(station=staffed(street), title="社工")
    return hire(post, "verified", name="欧阳明月", identity=IDENTITY, code="R77")


@pytest.fixture
def note(root):
    """`note("view-worker", worker, by=…)`: an act that the chain holds already."""

    def write(verb, target=None, by=None, place="", **detail):
        by = by or User.objects.system(root.tenant)
        audit.record(verb=verb, by=by, target=target, place=place, detail=detail)
        audit.append_pending()
        return AuditEvent.objects.latest("seq")

    return write


@pytest.fixture
def found(client_of, auditor):
    """`found(who=…)`: the acts that a search shows, as (verb, actor)."""

    def search(by=None, **query):
        response = client_of(by or auditor).get("/audit/", query)
        assert response.status_code == 200
        return [(line.event.verb, line.who) for line in response.context["lines"]]

    return search


def test_the_newest_act_stands_first_in_words(client_of, auditor, official, worker, note):
    note("view-worker", worker, official, worker.home.path)
    note("change-worker", worker, official, worker.home.path, fields=["education", "hired_on"])

    html = text_of(client_of(auditor), "/audit/")

    assert html.index("修改人员</td>") < html.index("查看人员</td>")
    assert official.name in html
    assert "R77" in html
    assert "涉及栏目：学历、入职日期" in html


def test_who_saw_a_person_is_found_by_code_and_by_number(found, official, worker, note):
    other = WorkerFactory(home=worker.home, code="R78")
    note("view-worker", worker, official, worker.home.path)
    note("view-worker", other, official, worker.home.path)
    note("export-ledger", None, official)

    for code in ("R77", f"#{worker.pk}"):
        assert found(kind="workers", code=code, act="reads") == [("view-worker", official.name)]


@pytest.mark.parametrize("thing", things(), ids=lambda thing: thing.slug)
def test_every_kind_of_object_can_be_searched_for(client_of, auditor, street, worker, thing):
    SupervisorFactory(home=street, code="R77")
    client = client_of(auditor)

    for code in ("#1", "R77", ""):
        assert client.get("/audit/", {"kind": thing.slug, "code": code}).status_code == 200


def test_a_persons_certificates_and_placements_belong_to_the_search(found, worker, note):
    certificate = worker.certificates.get()
    note("change-certificate", certificate, place=worker.home.path)
    note("change-placement", worker.placements.get(), place=worker.home.path)
    note("change-certificate", CertificateFactory(worker__home=worker.home))

    verbs = [verb for verb, _who in found(kind="workers", code="R77", act="writes")]

    assert verbs == ["change-placement", "change-certificate"]


def test_rows_without_a_code_of_their_own_are_told_apart_by_number(
    client_of, auditor, worker, note
):
    note("change-certificate", worker.certificates.get(), place=worker.home.path)

    html = text_of(client_of(auditor), "/audit/?kind=certificates&code=R77")

    assert f"R77 #{worker.certificates.get().pk}" in html


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ({"who": "wang.min"}, ["evaluate"]),
        ({"who": "王敏"}, ["evaluate"]),
        ({"who": "王"}, ["evaluate"]),
        ({"who": "%"}, []),
        ({"act": "build-report"}, ["build-report"]),
        ({"act": "reads", "who": "审计员"}, []),
        ({"kind": "areas"}, ["build-report"]),
        ({"since": "2026-03-02", "until": "2026-03-02"}, ["build-report"]),
        ({"until": "2026-03-01"}, ["evaluate"]),
    ],
)
def test_each_filter_narrows(found, root, note, query, verbs):
    wang = UserFactory(username="wang.min", name="王敏")
    with time_machine.travel(datetime(2026, 3, 1, 15, 59, tzinfo=UTC), tick=False):
        note("evaluate", None, wang)
    with time_machine.travel(datetime(2026, 3, 1, 16, 0, tzinfo=UTC), tick=False):
        note("build-report", root)

    shown = [verb for verb, _who in found(**query)]

    assert [verb for verb in shown if verb in {"evaluate", "build-report"}] == verbs


def test_a_place_narrows_and_another_tenants_code_is_unknown(
    client_of, found, auditor, root, street, note
):
    note("change-area", root, place=root.path)
    note("change-area", street, place=street.path)

    assert len(found(area=street.code, act="change-area")) == 1
    assert len(found(area=root.code, act="change-area")) == 2
    assert client_of(auditor).get("/audit/?area=999999999999").status_code == 404


def test_an_auditor_of_a_street_reads_the_acts_of_the_street_only(
    client_of, found, root, street, worker, note
):
    local = UserFactory(role="audit_admin", area=street)
    other = AreaFactory(parent=root, name="别街道")
    elsewhere = note("change-area", other, place=other.path)
    note("sign-in", local, local)
    note("view-worker", worker, place=worker.home.path)

    assert [verb for verb, _who in found(by=local, act="view-worker")] == ["view-worker"]
    assert found(by=local, kind="areas") == []
    assert found(by=local, act="sign-in") == []
    assert client_of(local).get(f"/audit/{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["city_authority", "system_admin", "security_admin"])
def test_nobody_else_reads_it(client_of, root, note, role):
    client = client_of(UserFactory(role=role, area=root))
    event = note("change-area", root, place=root.path)

    assert client.get("/audit/").status_code == 403
    assert client.get("/audit/export.xlsx").status_code == 403
    assert client.get(f"/audit/{event.pk}/").status_code == 404
    assert "/audit/" not in text_of(client, "/account/")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"since": "2026-02-02", "until": "2026-02-01"}, "结束日期不能早于开始日期"),
        ({"until": "9999-12-31"}, "9998 年以前"),
        ({"code": "R77"}, "请选择对象类别"),
        ({"kind": "workers", "code": "R999"}, "没有这个编码"),
        ({"kind": "workers", "code": "#99999999999999999999"}, "没有这个编码"),
    ],
)
def test_a_filter_that_cannot_be_is_told_and_nothing_is_listed(
    client_of, auditor, worker, query, sentence
):
    response = client_of(auditor).get("/audit/", query)

    assert sentence in response.content.decode()
    assert response.context["lines"] == []
    assert client_of(auditor).get("/audit/export.xlsx", query).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        {"before": "9" * 5000},
        {"before": "-1"},
        {"before": "x"},
        {"since": "0001-01-01"},
        {"since": "9999-12-31"},
        {"until": "9998-12-31"},
        {"act": "dance"},
        {"kind": "workers"},
    ],
)
def test_odd_addresses_are_answered(client_of, auditor, query):
    client = client_of(auditor)

    assert client.get("/audit/", query).status_code == 200
    assert client.get("/audit/export.xlsx", query).status_code in {200, 302}


def test_pages_follow_one_another_without_gap_or_repetition(client_of, auditor, root, note):
    for _ in range(60):
        note("change-area", root, place=root.path)
    client = client_of(auditor)

    first = client.get("/audit/?act=change-area")
    note("change-area", root, place=root.path)
    second = client.get(f"/audit/?act=change-area&before={first.context['older']}")

    seqs = [line.event.seq for page in (first, second) for line in page.context["lines"]]
    assert len(seqs) == len({*seqs}) == 60
    assert seqs == sorted(seqs, reverse=True)
    assert second.context["older"] is None
    assert "最近的" in second.content.decode()


def test_many_rows_ask_no_more_often_than_few(client_of, auditor, root, street, note, most_reads):
    def acts(number):
        for _ in range(number):
            note("view-worker", WorkerFactory(home=street), UserFactory(), street.path)
            note("change-station", StationFactory(street=street), UserFactory(), street.path)
            note("change-area", street, place=street.path)

    client = client_of(auditor)
    acts(15)

    with most_reads(MOST):
        client.get(f"/audit/?area={street.code}")


def test_search_and_export_are_written_down_without_the_words(client_of, auditor, worker):
    client = client_of(auditor)

    client.get("/audit/")
    assert not AuditEvent.objects.filter(verb="search-audit").exists()

    client.get("/audit/?who=欧阳明月&kind=workers&code=R77&since=2026-01-01")
    client.get("/audit/export.xlsx?who=欧阳明月")

    searched = AuditEvent.objects.get(verb="search-audit")
    assert searched.actor == auditor
    assert searched.detail == {
        "who": True,
        "kind": "workers",
        "keys": [worker.pk],
        "since": "2026-01-01",
    }
    assert AuditEvent.objects.get(verb="export-audit").detail == {"who": True, "rows": 0}


def test_the_export_holds_what_the_list_shows(client_of, auditor, official, worker, note):
    note("view-worker", worker, official, worker.home.path)
    note("change-worker", worker, official, worker.home.path, fields=["education"])
    note("change-area", worker.home, official, worker.home.path)

    response = client_of(auditor).get("/audit/export.xlsx?kind=workers&code=R77")

    book = openpyxl.load_workbook(BytesIO(response.content))
    head, *rows = book["审计记录"].iter_rows(values_only=True)
    assert [row[head.index("行为")] for row in rows] == ["修改人员", "查看人员"]
    assert rows[0][head.index("对象编码")] == "R77"
    assert rows[0][head.index("内容")] == "涉及栏目：学历"
    assert {row[head.index("账号")] for row in rows} == {official.username}
    about = dict(book["说明"].iter_rows(values_only=True))
    assert about["对象类别"] == "人员"
    assert about["行数"] == "2"


def test_too_many_rows_are_to_be_narrowed_first(client_of, auditor, note, root, monkeypatch):
    monkeypatch.setattr("dashboard.views.audit.MOST_EXPORTED", 2)
    for _ in range(3):
        note("change-area", root, place=root.path)

    response = client_of(auditor).get("/audit/export.xlsx?act=change-area", follow=True)

    assert "超过 20,000 行" in response.content.decode()
    assert response.request["QUERY_STRING"] == "act=change-area"


def test_names_and_numbers_of_people_stay_out(client_of, auditor, official, worker):
    reason = f"核对 {IDENTITY}，电话 13800138000"
    reveal_identity(worker=worker, reason=reason, by=official)
    audit.append_pending()
    event = AuditEvent.objects.get(verb="reveal-identity")
    client = client_of(auditor)
    export = openpyxl.load_workbook(BytesIO(client.get("/audit/export.xlsx").content))
    cells = [
        str(cell) for sheet in export for row in sheet.iter_rows(values_only=True) for cell in row
    ]

    for text in (
        text_of(client, "/audit/"),
        text_of(client, f"/audit/{event.pk}/"),
        "".join(cells),
    ):
        assert "R77" in text
        assert worker.name not in text
        assert IDENTITY not in text
        assert "13800138000" not in text
        assert f"{IDENTITY[:3]}****" in text


def test_an_act_with_all_it_says(client_of, auditor, root, note):
    event = note(
        "appoint",
        root,
        place=root.path,
        role="street_office",
        counts={"人员": {"new": 3, "same": 0}},
        user=auditor.pk,
        on=date(2026, 1, 1),
    )

    html = text_of(client_of(auditor), f"/audit/{event.pk}/")

    assert "镇街" in html
    assert "人员 新增数 3<" in html
    assert ">shenji<" in html
    assert "系统" in html
    assert bytes(event.mac).hex() in html


def test_what_this_version_does_not_know_is_shown_as_it_stands(client_of, auditor, note):
    event = note("dance", unheard="of")

    html = text_of(client_of(auditor), f"/audit/{event.pk}/")

    assert "dance" in html
    assert "unheard" in html


def test_a_ledgers_row_and_a_persons_page_lead_to_their_acts(client_of, root, street, worker):
    both = appointed(UserFactory(role="audit_admin", area=root), "city_authority", root)
    plain = UserFactory(role="city_authority", area=root)
    link = f"/audit/?kind=workers&amp;code=%23{worker.pk}"

    for url in (f"/workers/{worker.pk}/", f"/ledgers/workers/{worker.pk}/"):
        assert link in text_of(client_of(both), url)
        assert "/audit/" not in text_of(client_of(plain), url)
    page = text_of(client_of(both), link.replace("&amp;", "&"))
    assert page.count("查看人员</td>") == 4
