from datetime import date, timedelta

import pytest
from django.utils import timezone

from compliance.todos import last_quarter
from jobs.models import CityImport
from tenancy.todos import Todo, waiting_for
from tests.factories import (
    AreaFactory,
    CertificateFactory,
    CityImportFactory,
    ContractFactory,
    OrganisationFactory,
    PlacementFactory,
    PostFactory,
    ProjectFactory,
    ReportFactory,
    StationFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def street(root):
    return AreaFactory(parent=root, level="street")


@pytest.fixture
def officer(street):
    return UserFactory(role="street_office", area=street)


@pytest.fixture
def station(street):
    return StationFactory(street=street)


@pytest.fixture
def project(street, station):
    return ProjectFactory(station=station, operator=OrganisationFactory(area=street))


@pytest.fixture
def stranger(root):
    return UserFactory(role="street_office", area=AreaFactory(parent=root, level="street"))


@pytest.fixture
def somebody(street, station):
    """`somebody(**…)`: a person on post at the street's station."""
    post = PostFactory(station=station)

    def place(**options):
        worker = WorkerFactory(home=street, **options)
        PlacementFactory(worker=worker, post=post)
        return worker

    return place


def told(user):
    return [(todo.text, todo.due) for todo in waiting_for(user, TODAY)]


def test_certificates_wait_for_whoever_verifies_them(officer, stranger, somebody, root):
    for _ in range(2):
        CertificateFactory(worker=somebody(), verification="pending")
    CertificateFactory(worker=somebody(), verification="verified")

    assert told(officer) == [("2 本证书待核验", None)]
    assert told(stranger) == []
    assert told(UserFactory(role="evaluator", area=root)) == []


@pytest.mark.parametrize(
    ("until", "left_on", "is_told"),
    [
        (TODAY + timedelta(days=90), None, True),
        (TODAY + timedelta(days=91), None, False),
        (TODAY - timedelta(days=400), None, True),
        (TODAY, TODAY, True),
        (TODAY, TODAY - timedelta(days=1), False),
        (None, None, False),
    ],
)
def test_a_registration_is_renewed_in_time(station, stranger, somebody, until, left_on, is_told):
    head = UserFactory(role="station_head", area=station.area)
    CertificateFactory(worker=somebody(left_on=left_on), registered_until=until)

    assert told(head) == ([("1 本证书的登记将到期或已到期", until)] if is_told else [])
    assert told(stranger) == []


@pytest.mark.parametrize(
    ("year_no", "ends_on", "is_told"),
    [
        (1, TODAY + timedelta(days=90), True),
        (1, TODAY + timedelta(days=91), False),
        (2, TODAY - timedelta(days=5), True),
        (3, TODAY, False),
    ],
)
def test_the_next_contract_is_signed_in_time(officer, stranger, project, year_no, ends_on, is_told):
    starts_on = ends_on - timedelta(days=365)
    ContractFactory(project=project, year_no=year_no, starts_on=starts_on, ends_on=ends_on)

    due = ends_on - timedelta(days=60)
    assert told(officer) == ([("1 个项目要签下一年度合同", due)] if is_told else [])
    assert told(stranger) == []


def test_a_contract_with_a_successor_waits_for_nobody(officer, project):
    ContractFactory(project=project, starts_on=date(2025, 11, 1), ends_on=date(2026, 10, 31))
    following = {"starts_on": date(2026, 11, 1), "ends_on": date(2027, 10, 31)}
    ContractFactory(project=project, year_no=2, **following)

    assert told(officer) == []


def test_a_checked_workbook_waits_for_its_sender(root):
    sender, other = (UserFactory(role="city_authority", area=root) for _ in "ab")
    city_import = CityImportFactory(area=root, uploaded_by=sender)
    counts = {"社工站": {"new": 1, "changed": 0, "same": 0}}
    CityImport.objects.update(checked_at=timezone.now(), outcome={"counts": counts})

    [line] = [todo for todo in waiting_for(sender, TODAY) if "待确认导入" in todo.text]
    assert line.url == f"/imports/{city_import.pk}/"
    assert line.due > timezone.localdate()
    assert not any("待确认导入" in text for text, _due in told(other))


def test_a_workbook_that_changes_nothing_waits_for_nobody(root):
    sender = UserFactory(role="city_authority", area=root)
    CityImportFactory(area=root, uploaded_by=sender)
    counts = {"社工站": {"new": 0, "changed": 0, "same": 1}}
    CityImport.objects.update(checked_at=timezone.now(), outcome={"counts": counts})

    assert not any("待确认导入" in text for text, _due in told(sender))


def test_the_report_of_the_last_quarter_waits_until_it_is_built(root):
    authority = UserFactory(role="city_authority", area=root)
    said = f"生成{root.name}2026年第三季度合规报告"
    [todo] = waiting_for(authority, TODAY)

    assert (todo.text, todo.due) == (said, None)
    assert todo.url == f"/reports/new/?area={root.pk}&period=2026-Q3"
    ReportFactory(area=root, period="2026-Q3")
    assert told(authority) == []


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2026, 1, 1), "2025-Q4"),
        (date(2026, 3, 31), "2025-Q4"),
        (date(2026, 4, 1), "2026-Q1"),
        (date(2026, 12, 31), "2026-Q3"),
    ],
)
def test_the_last_quarter_is_one_that_is_over(today, quarter):
    assert last_quarter(today).name == quarter


def test_what_is_due_first_comes_first(monkeypatch, officer):
    late, soon, undated = Todo("丙", "/", TODAY), Todo("乙", "/", date.max), Todo("甲", "/")
    monkeypatch.setattr("tenancy.todos._sources", [lambda user, today: [undated, soon, late]])

    assert waiting_for(officer, TODAY)[0] == late
    assert late.is_late(TODAY + timedelta(days=1))
    assert not late.is_late(TODAY)
    assert not undated.is_late(date.max)


def test_they_stand_first_on_the_workbench_and_lead_to_their_list(client_of, officer, somebody):
    CertificateFactory(worker=somebody(), verification="pending")
    done = CertificateFactory(worker=somebody(), verification="verified")
    client = client_of(officer)

    page = client.get("/").content.decode()
    assert page.index("1 本证书待核验") < page.index("我的区划" if "我的区划" in page else "tiles")
    rows = client.get("/ledgers/certificates/?only=pending").content.decode()
    assert "共 1 行" in rows
    assert f"/ledgers/certificates/{done.pk}/" not in rows
    assert "1 本证书待核验" in client.get("/todo/").content.decode()


def test_an_unknown_narrowing_narrows_nothing(client_of, officer, somebody):
    CertificateFactory(worker=somebody(), verification="verified")

    page = client_of(officer).get("/ledgers/certificates/?only=everything").content.decode()

    assert "共 1 行" in page
