"""Reports of all streets below a place: ordered together, taken away in one archive."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from compliance import actions
from compliance.reports.streets import newest, packed
from jobs.models import Job
from tenancy.models import AuditEvent
from tenancy.periods import parse_period
from tests.compliance.ledgers import haizhu
from tests.factories import AreaFactory, ReportFactory, RunFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.full, pytest.mark.usefixtures("today")]


@pytest.fixture
def district(root):
    """A district of two streets; a third street lies elsewhere."""
    district, _fengyang = haizhu(root)
    AreaFactory(parent=district, code="440105013000", name="南石头/街道")
    AreaFactory(parent=root, name="别处街道")
    return district


def ordered(client, area, **data):
    form = {"submission": "a" * 20, "period": "2025-Q4", "level": area.level, **data}
    return client.post(f"/areas/{area.code}/reports/", form)


def reported(area, number=1, period="2025-Q4"):
    run = RunFactory(area=area)
    return ReportFactory(area=area, run=run, number=number, period=period)


def test_a_job_for_each_street_is_ordered(district, client_of, official):
    response = ordered(client_of(official), district)

    assert response.url == f"/areas/{district.code}/reports/?level=district&period=2025-Q4"
    jobs = Job.objects.filter(kind="compliance-report", params={"period": "2025-Q4"})
    assert {job.area.name for job in jobs} == {"凤阳街道", "南石头/街道"}


def test_what_is_under_way_is_not_ordered_again(district, client_of, official):
    client = client_of(official)

    ordered(client, district)
    ordered(client, district, submission="b" * 20)

    assert Job.objects.count() == 2


@pytest.mark.parametrize("period", ["", "2099", "2026-Q2"])
def test_an_impossible_period_orders_nothing(district, client_of, official, period):
    response = ordered(client_of(official), district, period=period)

    assert response.status_code == 422
    assert not Job.objects.exists()


def test_the_page_shows_each_street_with_report_and_job(
    district, client_of, official, django_assert_max_num_queries
):
    client = client_of(official)
    ordered(client, district)
    Job.objects.filter(area__name="凤阳街道").end(Job.Reason.REFUSED, detail="报告过大")
    report = reported(district.children.get(name="凤阳街道"))
    for _number in range(10):
        AreaFactory(parent=district)

    with django_assert_max_num_queries(20):
        response = client.get(f"/areas/{district.code}/reports/")

    html = response.content.decode()
    assert response.context["form"]["period"].value() == "2025-Q4"
    assert f'href="/reports/{report.pk}/"' in html
    assert "报告过大" in html
    assert "下载 ZIP（1 份）" in html
    assert "生成 12 个镇街的报告" in html
    assert "别处街道" not in html


def test_who_may_only_read_is_not_offered_to_order(district, client_of):
    reader = client_of(UserFactory(role="district_finance", area=district))

    response = reader.get(f"/areas/{district.code}/reports/")

    assert response.status_code == 200
    assert "个镇街的报告</button>" not in response.content.decode()
    assert ordered(reader, district).status_code == 403


def test_the_archive_holds_the_newest_of_each_street_by_code_and_name(
    district, root, client_of, official
):
    first, second = district.children.order_by("code")
    reported(first)
    newer = reported(first, number=2)
    other = reported(second)
    reported(second, period="2025-Q3")
    reported(root.children.get(name="别处街道"))

    response = client_of(official).get(f"/areas/{district.code}/reports/2025-Q4.zip")

    with ZipFile(BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "440105013000 南石头_街道.pdf",
            "440105013000 南石头_街道.xlsx",
            "440105015000 凤阳街道.pdf",
            "440105015000 凤阳街道.xlsx",
        ]
        held = archive.read("440105013000 南石头_街道.pdf")
    assert held == actions.content_of(newer)
    assert response.headers["Content-Type"] == "application/zip"
    event = AuditEvent.objects.get(verb="download-reports")
    assert event.detail == {"period": "2025-Q4", "reports": sorted([newer.pk, other.pk])}


def test_the_same_reports_are_the_same_archive(district, official):
    reported(district.children.first())
    reports = newest(district, parse_period("2025-Q4"), official)

    assert packed(reports) == packed(reports)


@pytest.mark.parametrize("period", ["2025-Q4", "2025-Q9", "x"])
def test_an_archive_of_nothing_is_not_there(district, client_of, official, period):
    url = f"/areas/{district.code}/reports/{period}.zip"

    assert client_of(official).get(url).status_code == 404


def test_a_lost_file_is_not_left_out_in_silence(district, client_of, official):
    report = reported(district.children.first())
    report.file.storage.delete(report.file.name)

    url = f"/areas/{district.code}/reports/2025-Q4.zip"

    assert client_of(official).get(url).status_code == 404
