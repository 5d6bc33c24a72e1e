"""A row read, entered and changed on its page."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from jobs.desk import actions
from jobs.desk.forms.row import stored
from jobs.ledgers import named
from procurement.models import Contract, Project
from staffing.models import Placement, Worker
from stations.models import Point, Post, Station
from supervision.models import Supervisor
from tenancy.audit import append_pending
from tenancy.models import AuditEvent, Organisation, User
from tests.city_workbook import COMMUNITIES, ELSEWHERE, IDENTITY, OLD, OPERATOR, STREET

pytestmark = pytest.mark.django_db
OTHER_IDENTITY = "99000019900101005X"


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def noted(verb):
    append_pending()
    return AuditEvent.objects.filter(verb=verb)


# --- read ---------------------------------------------------------------------------------------


def test_a_row_tells_all_its_columns_and_what_refers_to_it(kept, client_of, official):
    response = client_of(official).get(f"/ledgers/stations/{kept.S1.pk}/")

    entries = {entry.cell.label: entry.cell.text for entry in response.context["entries"]}
    assert (entries["地址"], entries["面积"], entries["暂停起"]) == ("示例路1号", "320", "—")
    tables = {table.caption: len(table.rows) for table in response.context["tables"]}
    assert tables == {"社工点": 1, "岗位": 2, "项目": 1, "督导安排": 2}
    assert f'href="/stations/{kept.S1.pk}/"' in text_of(response)


def test_a_row_leads_to_what_it_means(kept, client_of, official):
    placement = Placement.objects.get(post__code="G1")

    page = text_of(client_of(official).get(f"/ledgers/placements/{placement.pk}/"))

    for url in (
        f"/workers/{placement.worker_id}/",
        f"/ledgers/posts/{placement.post_id}/",
        f"/projects/{Project.objects.get().pk}/",
    ):
        assert f'href="{url}"' in page


def test_a_project_shows_the_placements_that_name_it(kept, client_of, official):
    response = client_of(official).get(f"/ledgers/projects/{Project.objects.get().pk}/")

    tables = {table.caption: len(table.rows) for table in response.context["tables"]}
    assert tables == {"任职": 1, "合同": 2}


def test_identity_numbers_are_masked_on_the_page(kept, client_of, official, head):
    worker = Worker.objects.get(code="R1")

    for user in (official, head):
        page = text_of(client_of(user).get(f"/ledgers/workers/{worker.pk}/"))
        assert "990************033" in page
        assert IDENTITY not in page


def test_a_page_of_a_row_asks_no_more_for_more_rows(kept, client_of, official):
    client, url = client_of(official), f"/ledgers/stations/{kept.S1.pk}/"
    client.get("/account/")

    def asked():
        append_pending()
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = asked()
    for number in range(5):
        Post.objects.create(code=f"N{number}", station=kept.S1, kind="admin", set_on=OLD)
    assert asked() == few <= 30


# --- changed ------------------------------------------------------------------------------------


def test_a_change_is_saved_and_noted_by_its_fields(kept, officer, edited):
    response = edited(officer, "stations", kept.S1, address="新路2号", area_m2="1,000.5")

    assert response.url == f"/ledgers/stations/{kept.S1.pk}/"
    station = Station.objects.get(code="S1")
    assert (station.address, station.area_m2, station.version) == ("新路2号", 1000.5, 2)
    event = noted("change-station").get()
    assert event.detail == {"fields": ["address", "area_m2"]}
    assert (event.target_id, event.place) == (station.pk, station.area.path)


def test_what_is_not_changed_is_not_written(kept, officer, edited):
    assert edited(officer, "stations", kept.S1).status_code == 302

    assert Station.objects.get(code="S1").version == 1
    assert not noted("change-station").exists()


def test_a_renamed_station_renames_its_place(kept, officer, edited):
    edited(officer, "stations", kept.S1, name="新名社工站")

    assert Station.objects.get(code="S1").area.name == "新名社工站"


def test_the_key_stays(kept, officer, edited, client_of):
    edited(officer, "stations", kept.S1, code="S9", name="新名社工站")

    assert Station.objects.get(name="新名社工站").code == "S1"
    page = text_of(client_of(officer).get(f"/ledgers/stations/{kept.S1.pk}/edit/"))
    assert 'name="code"' not in page


def test_all_faults_are_told_at_their_fields_and_the_input_is_kept(kept, officer, edited, faults):
    response = edited(
        officer,
        "stations",
        kept.S1,
        name="",
        area_m2="很大",
        opened_on="2020-02-30",
        street="440105999000",
        suspended_from="2026-02-01",
        suspended_to="2026-01-01",
    )

    told = faults(response)
    assert told.keys() == {"name", "area_m2", "opened_on", "street", "suspended_to"}
    assert "此格必填" in told["name"]
    assert "日历上没有这一天" in told["opened_on"]
    page = response.content.decode()
    assert 'value="很大"' in page
    assert 'id="error-summary"' in page
    assert "错误：" in page


def test_rules_across_rows_hold_for_one_row_too(kept, officer, head, edited, faults):
    placement = Placement.objects.get(post__code="G1")
    second = Contract.objects.get(year_no=2)

    assert "超过 1" in faults(edited(head, "placements", placement, share="0.51"))["share"]
    told = faults(edited(officer, "contracts", second, starts_on="2020-12-31"))
    assert "重叠" in told["starts_on"]
    assert "早于" in faults(edited(officer, "contracts", second, ends_on="2020-01-01"))["ends_on"]


def test_what_a_rule_will_find_is_written_and_said(kept, officer, edited):
    post = Post.objects.get(code="G1")

    response = edited(officer, "posts", post, point="D1")

    assert Post.objects.get(code="G1").point.code == "D1"
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[0] == "已保存。"
    assert "事务性岗位设在社工点" in said[1]


def test_what_lies_elsewhere_cannot_be_named(kept, officer, edited, faults):
    told = faults(edited(officer, "posts", Post.objects.get(code="G2"), station="S2", point=""))
    assert "没有找到“S2”" in told["station"]
    assert "street" in faults(edited(officer, "stations", kept.S1, street=ELSEWHERE))


def test_communities_are_ticked(kept, officer, edited, client_of):
    point = Point.objects.get(code="D1")
    page = text_of(client_of(officer).get(f"/ledgers/points/{point.pk}/edit/"))
    assert page.count('type="checkbox" name="communities"') == page.count("checked") == 2

    edited(officer, "points", point, communities=[COMMUNITIES[0]])

    assert [*point.communities.values_list("code", flat=True)] == COMMUNITIES[:1]
    assert noted("change-point").get().detail == {"fields": ["communities"]}


def test_a_stale_change_shows_both_and_keeps_the_input(kept, officer, edited):
    edited(officer, "stations", kept.S1, address="甲路")
    response = edited(officer, "stations", kept.S1, address="乙路")

    page = response.content.decode()
    assert response.status_code == 409
    assert [(d.label, d.yours, d.stored) for d in response.context["differences"]] == [
        ("地址", "乙路", "甲路")
    ]
    assert 'value="乙路"' in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert edited(officer, "stations", kept.S1, address="乙路", version=2).status_code == 302


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999"])
def test_a_made_up_version_overwrites_nothing(kept, officer, edited, version):
    assert edited(officer, "stations", kept.S1, version=version, name="乙").status_code in (
        409,
        422,
    )
    assert Station.objects.get(code="S1").version == 1


def test_an_organisation_must_be_known(kept, officer, edited, faults):
    told = faults(edited(officer, "projects", Project.objects.get(), operator="陌生服务中心"))

    assert "没有登记名为“陌生服务中心”的机构" in told["operator"]
    assert not Organisation.objects.filter(name="陌生服务中心").exists()


def test_who_keeps_organisations_may_enter_one(kept, root):
    system = User.objects.system(root.tenant_id)
    ledger, project = named("projects"), Project.objects.get()
    cells = {**stored(ledger, project), "operator": "陌生服务中心"}
    actions.save_row(ledger=ledger, cells=cells, row=project, seen=1, by=system)

    assert Project.objects.get().operator.name == "陌生服务中心"


# --- entered ------------------------------------------------------------------------------------


POST = {"code": "G9", "station": "S1", "kind": "事务性", "set_on": "2026年1月1日"}


def test_a_row_is_entered_once(kept, officer, entered):
    first, again = entered(officer, "posts", **POST), entered(officer, "posts", **POST)

    post = Post.objects.get(code="G9")
    assert (post.station, post.kind, post.set_on) == (kept.S1, "admin", date(2026, 1, 1))
    assert first.url == again.url == f"/ledgers/posts/{post.pk}/"
    assert noted("create-post").get().detail["fields"] == ["code", "kind", "set_on", "station"]


def test_a_code_that_is_taken_is_told(kept, officer, entered, faults):
    assert "已经登记" in faults(entered(officer, "posts", **{**POST, "code": "G2"}))["code"]
    assert (
        "不在您可以写入的范围"
        in faults(entered(officer, "posts", **{**POST, "code": "G3"}))["code"]
    )


def test_an_empty_form_names_all_it_lacks(kept, officer, entered, faults):
    assert faults(entered(officer, "posts")).keys() == {"code", "station", "kind", "set_on"}


def test_a_station_opens_with_its_place(kept, officer, entered):
    cells = {
        "code": "S9",
        "name": "新站",
        "street": STREET,
        "mode": "直聘",
        "opened_on": "2026-01-01",
    }

    assert entered(officer, "stations", **cells).status_code == 302

    assert Station.objects.get(code="S9").area.parent == kept.street


WORKER = {
    "code": "R9",
    "name": "周九",
    "channel": "购买服务",
    "is_social_worker": "是",
    "hired_on": "2026-01-01",
}


def test_a_station_head_takes_somebody_on_and_places_them(kept, head, entered, client_of):
    response = entered(head, "workers", **WORKER, identity=OTHER_IDENTITY, employer=OPERATOR)

    worker = Worker.objects.get(code="R9")
    assert (worker.home, worker.sort_name != "") == (kept.S1.area, True)
    assert "周九" in text_of(client_of(head).get(response.url))
    placed = entered(
        head, "placements", "p" * 32, worker="R9", post="G2", starts_on="2026-01-01", share="50%"
    )
    assert placed.status_code == 302
    worker.refresh_from_db()
    assert worker.home == kept.city["440105000000"]
    assert Placement.objects.get(worker=worker).share == 0.5


def test_a_station_head_places_nobody_elsewhere(kept, head, entered, faults):
    told = faults(entered(head, "placements", worker="R1", post="G3", starts_on="2026-01-01"))

    assert "没有找到“G3”" in told["post"]


def test_a_supervision_centre_keeps_its_people(kept, root, centre, entered):
    cells = {"code": "DD9", "name": "孙督导", "nature": "专职", "starts_on": "2026-01-01"}
    entered(centre, "supervisors", **cells)
    assignment = {
        "supervisor": "DD9",
        "target_kind": "社工站",
        "target": "S2",
        "starts_on": "2026-01-01",
    }

    assert entered(centre, "assignments", "a" * 32, **assignment).status_code == 302
    assert Supervisor.objects.get(code="DD9").home == root


def test_the_numbers_of_others_are_told_from_without_saying_whose(kept, head, entered, faults):
    told = faults(entered(head, "workers", **WORKER, identity=IDENTITY))

    assert told.keys() == {"identity"}
    assert "R1" not in told["identity"]


# --- identity numbers in the form ---------------------------------------------------------------


def test_an_identity_number_is_not_shown_and_stays_if_left_empty(kept, head, edited, client_of):
    worker = Worker.objects.get(code="R1")
    page = text_of(client_of(head).get(f"/ledgers/workers/{worker.pk}/edit/"))
    assert IDENTITY not in page
    assert "不改请留空" in page

    edited(head, "workers", worker, identity="", education="硕士")

    worker = Worker.objects.get(code="R1")
    assert (worker.identity, worker.education) == (IDENTITY, "硕士")


def test_an_identity_number_is_replaced_and_never_noted(kept, head, edited):
    edited(head, "workers", Worker.objects.get(code="R1"), identity=OTHER_IDENTITY)

    assert Worker.objects.get(code="R1").identity == OTHER_IDENTITY
    event = noted("change-worker").get()
    assert event.detail == {"fields": ["identity"]}


def test_what_others_wrote_meanwhile_is_told_and_nothing_is_written(
    kept, officer, edited, faults, monkeypatch
):
    def overtaken(row):
        raise IntegrityError("another transaction was faster")

    monkeypatch.setattr("jobs.desk.actions.SingleRow.store", overtaken)

    told = faults(edited(officer, "stations", kept.S1, name="新名"))

    assert "与其他人的修改冲突" in told["__all__"]
    assert Station.objects.get(code="S1").version == 1
