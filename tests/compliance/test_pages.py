"""Pages of findings and reports, as people of several places meet them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from compliance import actions
from compliance.lines import current_findings
from compliance.models import RunFinding
from jobs.models import Job
from tenancy.context import tenant_context
from tenancy.models import AuditEvent, User
from tenancy.periods import parse_period
from tests.compliance.ledgers import YEAR_1, YEAR_3, fengyang, staffed
from tests.factories import AreaFactory, TenantFactory, UserFactory, appointed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def judged(area, on=YEAR_3):
    return actions.evaluate(area=area, on=on, by=User.objects.system(area.tenant_id))


def reported(area):
    by = User.objects.system(area.tenant_id)
    return actions.build_report(area=area, period=parse_period("2025"), by=by)


def rules_seen(user, area=None):
    return {(row.rule, row.code) for row in current_findings(user, area)}


def test_the_list_tells_the_numbers_and_what_is_missing(root, client_of, official):
    fengyang(root)
    judged(root)

    page = client_of(official).get(reverse("compliance:finding-list"))

    assert page.status_code == 200
    text = page.content.decode()
    assert "持证 10 人，在岗社工 20 人，占 50.0%；要求不低于 2/3（至少 14 人）。" in text
    assert "再有 4 名在岗社工取得证书，或新聘 10 名持证社工。" in text
    assert "3 × 10 &lt; 2 × 20" in text
    assert text.index("CERT-03") < text.index("COV-01", text.index("<ul class"))


def test_the_list_tells_what_has_changed_since_the_run_before(root, client_of, official):
    _, _, station = fengyang(root)
    judged(root, YEAR_1)
    judged(root, YEAR_3)

    text = client_of(official).get(reverse("compliance:finding-list")).content.decode()

    assert "与2023年12月1日的核验相比：新增不符合 1 项，已改正 0 项" in text
    assert f'href="/subjects/project/{station.projects.get().number}/"' in text


def test_filters_narrow_the_list(root, client_of, official):
    district, *_ = fengyang(root)
    AreaFactory(parent=root, code="440106001000")
    judged(root)
    client = client_of(official)

    def shown(**query):
        return {
            line.rule + line.status for line in client.get("/findings/", query).context["lines"]
        }

    assert shown() > {"CERT-03not_met", "COV-01not_met", "COV-01met"}
    assert shown(rule="CERT-03") == {"CERT-03not_met"}
    assert shown(rule="COV-01", status="met") == {"COV-01met"}
    assert shown(rule="COV-01", area=district.code) == {"COV-01met"}
    assert shown(rule="nonsense", page="9") == shown()


def test_everybody_finds_what_lies_in_their_own_place(root):
    district, street, station = fengyang(root)
    elsewhere = AreaFactory(parent=root)
    judged(root)
    project = {
        (rule, "440105-2023-01996")
        for rule in ("CERT-02", "CERT-03", "POST-05", "POST-06", "POST-07", "PROC-02")
    }

    assert rules_seen(UserFactory(role="district_authority", area=district)) == {
        ("COV-01", district.code), ("COV-01", street.code), *project,
    }  # fmt: skip
    assert rules_seen(UserFactory(role="operator", area=station.area)) == project
    assert rules_seen(UserFactory(role="street_office", area=elsewhere)) == {
        ("COV-01", elsewhere.code)
    }
    assert rules_seen(UserFactory(role="system_admin", area=root)) == set()


def test_the_newest_run_that_reaches_a_place_is_the_current_one(root):
    district, *_ = fengyang(root)
    other = AreaFactory(parent=root)
    judged(root, YEAR_1)
    judged(district, YEAR_3)
    officer = UserFactory(role="district_authority", area=district)
    city = UserFactory(role="city_authority", area=root)

    assert ("CERT-03", "440105-2023-01996") in rules_seen(officer)
    assert ("CERT-01", "440105-2023-01996") in rules_seen(city)
    assert ("CERT-03", "440105-2023-01996") in rules_seen(city, district)
    assert rules_seen(city, other) == {("COV-01", other.code)}


def test_somebody_of_two_places_finds_both(root):
    district, street, _station = fengyang(root)
    other = AreaFactory(parent=root)
    judged(root)
    user = UserFactory(role="street_office", area=street)
    appointed(user, "street_office", other)

    assert {code for rule, code in rules_seen(user) if rule == "COV-01"} == {
        street.code,
        other.code,
    }


@pytest.mark.parametrize("size", [2, 40])
def test_the_list_asks_the_database_as_often_for_many(
    root, client_of, size, django_assert_max_num_queries
):
    user = UserFactory(role="city_authority", area=root)
    for index in range(size):
        staffed(AreaFactory(parent=root), without=1, number=f"P-{index}")
    judged(root)
    client = client_of(user)
    client.get("/findings/")

    with django_assert_max_num_queries(16):
        page = client.get("/findings/")

    assert len(page.context["lines"]) == min(50, 7 * size + 2)


def test_a_finding_shows_what_it_rests_on(root, client_of, official):
    fengyang(root)
    judged(root)
    row = RunFinding.objects.get(rule="CERT-03")

    page = client_of(official).get(reverse("compliance:finding-detail", args=[row.pk]))

    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "3 × 10 &lt; 2 × 20",
        "购买服务项目到第三年",
        "公益时报",
        "2/3",
        "guangzhou-2023",
    ):
        assert words in text
    assert text.count("未持证") == 10


def test_a_finding_of_elsewhere_does_not_exist(root, client_of):
    fengyang(root)
    judged(root)
    user = UserFactory(role="street_office", area=AreaFactory(parent=root))
    row = RunFinding.objects.get(rule="CERT-03")

    page = client_of(user).get(reverse("compliance:finding-detail", args=[row.pk]))

    assert page.status_code == 404


@pytest.mark.parametrize("role", ["system_admin", "community_committee"])
def test_who_has_no_such_verb_is_turned_away(root, client_of, role):
    client = client_of(UserFactory(role=role, area=root))

    assert {client.get(f"/{page}/").status_code for page in ("findings", "reports")} == {403}


def test_an_evaluation_is_asked_for_once(root, client_of, official):
    client = client_of(official)
    url = reverse("compliance:evaluation-request", args=[root.code])

    first, second = client.post(url), client.post(url)

    job = Job.objects.get()
    assert first.url == second.url == f"/jobs/{job.pk}/"
    assert (job.kind, job.area, job.params) == ("evaluate", root, {"on": "2026-02-01"})


def test_only_who_may_evaluate_asks_for_it(root, client_of):
    district, street, _station = fengyang(root)
    operator = client_of(UserFactory(role="operator", area=street))
    neighbour = client_of(UserFactory(role="street_office", area=street))

    assert operator.post(f"/areas/{street.code}/evaluate/").status_code == 403
    assert neighbour.post(f"/areas/{district.code}/evaluate/").status_code == 404
    assert not Job.objects.exists()


def ordered(client, **data):
    return client.post("/reports/new/", {"submission": "a" * 20, **data})


def test_a_report_is_ordered_by_a_form(root, client_of, official):
    district, *_ = fengyang(root)
    client = client_of(official)

    form = client.get("/reports/new/", {"area": district.code}).context["form"]
    response = ordered(client, area=district.pk, period="2025-Q4")

    assert form.initial["area"] == district.pk
    assert form.initial["period"] == "2025-Q4"  # the last that is over
    job = Job.objects.get()
    assert response.url == f"/jobs/{job.pk}/"
    assert (job.kind, job.area, job.params) == (
        "compliance-report",
        district,
        {"period": "2025-Q4"},
    )


@pytest.mark.parametrize(
    "wrong", [{"period": "2099"}, {"period": "2026-Q2"}, {"period": ""}, {"area": 0}]
)
def test_an_impossible_report_is_not_ordered(root, client_of, official, wrong):
    response = ordered(client_of(official), **{"area": root.pk, "period": "2025"} | wrong)

    assert response.status_code == 422
    assert not Job.objects.exists()


def test_a_report_on_a_place_beyond_reach_is_not_ordered(root, client_of):
    _district, street, _station = fengyang(root)
    client = client_of(UserFactory(role="street_office", area=street))

    assert ordered(client, area=root.pk, period="2025").status_code == 422
    assert client.get("/reports/new/", {"area": root.code}).status_code == 404
    assert not Job.objects.exists()


def test_the_preview_and_the_file_say_the_same(root, client_of, official):
    fengyang(root)
    report = reported(root)
    client = client_of(official)

    page = client.get(reverse("compliance:report-detail", args=[report.pk]))
    file = client.get(reverse("compliance:report-file", args=[report.pk]))

    assert "广州市2025年社工服务站合规情况报告" in page.content.decode()
    assert report.check_code in page.content.decode()
    assert file.content == actions.content_of(report)
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("attachment; ")
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_who_took_a_report_away_is_written_down(root, client_of, official):
    report = reported(root)

    client_of(official).get(reverse("compliance:report-file", args=[report.pk]))

    event = AuditEvent.objects.get(verb="download-report")
    assert (event.actor_id, event.target_id) == (official.pk, report.pk)


def test_a_citys_report_is_not_for_its_districts(root, client_of):
    district, *_ = fengyang(root)
    mine, whole = reported(district), reported(root)
    client = client_of(UserFactory(role="district_authority", area=district))

    for page in ("report-detail", "report-file"):
        assert client.get(reverse(f"compliance:{page}", args=[whole.pk])).status_code == 404
        assert client.get(reverse(f"compliance:{page}", args=[mine.pk])).status_code == 200
    assert [row.pk for row in client.get("/reports/").context["page"]] == [mine.pk]


def test_a_lost_file_is_not_there(root, client_of, official):
    report = reported(root)
    report.file.storage.delete(report.file.name)

    url = reverse("compliance:report-file", args=[report.pk])

    assert client_of(official).get(url).status_code == 404


@pytest.mark.no_tenant
def test_another_tenants_findings_and_reports_do_not_exist(client_of):
    own, foreign = TenantFactory(), TenantFactory()
    with tenant_context(own.pk):
        area = AreaFactory(level="city", code="440100000000", name="广州市")
        fengyang(area)
        report = reported(area)
        row = RunFinding.objects.first()
    with tenant_context(foreign.pk):
        stranger = UserFactory(
            role="city_authority", area=AreaFactory(level="city", code="440100000000")
        )
    client = client_of(stranger)

    assert client.get("/findings/").context["lines"] == []
    assert list(client.get("/reports/").context["page"]) == []
    for url in (f"/findings/{row.pk}/", f"/reports/{report.pk}/", f"/reports/{report.pk}/file.pdf"):
        assert client.get(url).status_code == 404
