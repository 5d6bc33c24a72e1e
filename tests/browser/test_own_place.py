"""Somebody of another street, operator or tenant finds nothing of a station: at no address, in no
list, export, search, message or to-do. Its own street finds all of it in the same places."""

from dataclasses import dataclass, field
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from compliance import actions as compliance
from compliance.models import RunFinding
from dashboard.tasks import PAPER
from jobs.models import Job
from procurement.models import Project
from staffing.models import Placement
from stations.models import Point, Post, Station
from tenancy.actions.public_keys import issue_token
from tenancy.context import tenant_context
from tenancy.models import Message, User
from tests.compliance.ledgers import YEAR_3, bought, haizhu, hire, staffed
from tests.factories import (
    AreaFactory,
    PostFactory,
    ReportFactory,
    StationFactory,
    TenantFactory,
    UserFactory,
)

STRANGERS = ("street", "operator", "tenant")
SHEETS = ("stations", "workers", "projects")
PAGES = ("/", "/todo/", "/messages/", "/findings/", "/reports/", "/jobs/", "/areas/")
PENDING = "本证书待核验"


@dataclass
class Sought:
    """A station, the addresses of all that the platform makes of it, and the words that name it."""

    station: Station
    pages: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)


@pytest.fixture
def people(tenant):
    """Somebody of the station's own street, and those whom it is no business of; their tokens."""
    with tenant_context(tenant.pk):
        district, street = haizhu(AreaFactory(level="city", code="440100000000", name="广州市"))
        beside = staffed(AreaFactory(name="江海街道", parent=district), certified=1, number="J-1")
        rival = another_operators(street)
        people = {
            "own": UserFactory(role="street_office", area=street),
            "street": UserFactory(role="street_office", area=beside.area.parent),
            "operator": UserFactory(role="operator", area=rival.area),
        }
    with tenant_context(TenantFactory(name="邯郸市").pk):
        handan = AreaFactory(level="city", code="130400000000", name="邯郸市")
        staffed(AreaFactory(name="丛台西街道", parent=handan), certified=1, number="H-1")
        people["tenant"] = UserFactory(role="city_authority", area=handan)
    return people


def another_operators(street):
    """A second station of the street."""
    station = StationFactory(street=street, name="示例第二社工站")
    bought(station, "J-2")
    hire(PostFactory(station=station), "verified")
    return station


@pytest.fixture
def sought(tenant, people):
    own = people["own"]
    with tenant_context(tenant.pk):
        street = own.appointments.get().area
        station = staffed(street, certified=1, pending=1, without=1)
        run = compliance.evaluate(area=street, on=YEAR_3, by=User.objects.system(tenant))
        report = ReportFactory(area=street, run=run, requested_by=own)
        paper = printed(station, own)
        Message.objects.create(
            recipient=own, key="told", kind="job_done", params={"job": "x", "area": station.name}
        )
        return found(Sought(station), run, report, paper)


def printed(station, by):
    name = default_storage.save("papers/own.pdf", ContentFile(b"%PDF-"))
    return Job.objects.create(
        kind=PAPER,
        area=station.area,
        requested_by=by,
        ended_at=timezone.now(),
        result={"file": name},
    )


def found(sought, run, report, paper):
    """With the addresses and words of what hangs on the station."""
    station = sought.station
    placement = Placement.objects.filter(post__station=station).latest("pk")
    project = Project.objects.get(station=station)
    finding = RunFinding.objects.filter(run=run, place=station.area).latest("pk")
    sought.rows = {
        "areas": station.area_id,
        "stations": station.pk,
        "points": Point.objects.get(station=station).pk,
        "posts": Post.objects.filter(station=station).latest("pk").pk,
        "workers": placement.worker_id,
        "projects": project.pk,
        "contracts": project.contracts.latest("pk").pk,
        "findings": finding.pk,
        "runs": run.pk,
        "reports": report.pk,
        "jobs": paper.pk,
    }
    sought.pages = [
        *(f"/{noun}/{sought.rows[noun]}/" for noun in ("stations", "projects", "workers")),
        *(f"/{noun}/{sought.rows[noun]}/" for noun in ("findings", "reports", "jobs")),
        f"/areas/{station.code}/?level=station",
        f"/areas/{station.code}/dashboard.xlsx?level=station",
        f"/stations/{station.pk}/dashboard.xlsx",
        f"/ledgers/stations/{station.pk}/",
        f"/subjects/station/{station.code}/",
        f"/reports/{report.pk}/file.pdf",
        f"/reports/{report.pk}/file.xlsx",
        f"/papers/{paper.pk}/file.pdf",
    ]
    sought.words = {station.name, station.code, project.number, placement.worker.code}
    sought.words |= {report.check_code, PENDING}
    return sought


@dataclass
class Visit:
    """What somebody reads who has signed in, and what a program reads with their token."""

    page: object
    token: str

    def status(self, url):
        return self.page.request.get(url, max_redirects=0).status

    def text(self, url):
        return self.page.request.get(url).text()

    def read(self, path):
        """An answer of the API."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.page.request.get(f"/api/v1/{path}", headers=headers)

    def cells(self, sheet):
        """All that an exported ledger says; nothing where the export is refused."""
        answer = self.page.request.get(f"/ledgers/{sheet}/export.xlsx")
        if answer.status == 403:
            return ""
        rows = load_workbook(BytesIO(answer.body()), read_only=True).worksheets[0].values
        return " ".join(str(cell) for row in rows for cell in row)

    def all_texts(self, nouns):
        """Of the pages, the exported ledgers and the lists of the API."""
        yield from map(self.text, PAGES)
        yield from map(self.cells, SHEETS)
        yield from (self.read(f"{noun}/?limit=100").text() for noun in nouns)


@pytest.fixture
def visit(people, page_of):
    def begin(who):
        user = people[who]
        with tenant_context(user.tenant_id):
            token = issue_token(user=user, days=1, by=User.objects.system(user.tenant))
        return Visit(page_of(user), token)

    return begin


def look_for(page, words):
    page.goto("/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="搜索", exact=True).click()


@pytest.mark.full
@pytest.mark.parametrize("who", STRANGERS)
def test_whom_it_does_not_concern_finds_none_of_it(visit, sought, who):
    stranger = visit(who)

    assert {url: stranger.status(url) for url in sought.pages} == dict.fromkeys(sought.pages, 404)
    answers = {noun: stranger.read(f"{noun}/{pk}/").status for noun, pk in sought.rows.items()}
    assert answers == dict.fromkeys(sought.rows, 404)
    for text in stranger.all_texts(sought.rows):
        assert [word for word in sought.words if word in text] == []

    assert stranger.page.goto(f"/stations/{sought.station.pk}/").status == 404
    expect(stranger.page.get_by_role("heading", name="没有找到这个页面")).to_be_visible()
    for words in (sought.station.name, sought.station.code):
        look_for(stranger.page, words)
        expect(stranger.page.get_by_text("没有找到")).to_be_visible()


@pytest.mark.full
def test_its_own_street_finds_all_of_it(visit, sought):
    own = visit("own")

    assert {own.status(url) // 100 for url in sought.pages} <= {2, 3}
    answers = {noun: own.read(f"{noun}/{pk}/").status for noun, pk in sought.rows.items()}
    assert answers == dict.fromkeys(sought.rows, 200)
    said = " ".join(own.all_texts(sought.rows))
    assert [word for word in sought.words if word not in said] == []

    look_for(own.page, sought.station.code)
    expect(own.page.get_by_role("link", name=sought.station.name).first).to_be_visible()
