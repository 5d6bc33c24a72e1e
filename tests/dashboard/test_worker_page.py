from datetime import date

import pytest

from tenancy.models import AuditEvent
from tests.city_workbook import IDENTITY
from tests.compliance.ledgers import haizhu, hire, staffed
from tests.dashboard.test_area_page import text_of
from tests.factories import (
    AssignmentFactory,
    PlacementFactory,
    PostFactory,
    RunFactory,
    RunFindingFactory,
    SupervisorFactory,
    TallyFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MOST = 14


@pytest.fixture
def post(root):
    _, street = haizhu(root)
    return PostFactory(station=staffed(street), title="社工")


@pytest.fixture
def worker(post):
    return hire(post, "verified", name="欧阳明月", identity=IDENTITY)


def page_of(client, worker, status=200):
    return text_of(client, f"/workers/{worker.pk}/", status)


def test_a_person_with_certificates_placements_and_supervision(client_of, official, post, worker):
    AssignmentFactory(
        supervisor=SupervisorFactory(home=post.station.area.parent), station=post.station
    )

    html = page_of(client_of(official), worker)

    assert "欧**月" in html
    assert "欧阳明月" not in html
    assert IDENTITY not in html
    assert "已核验" in html
    assert post.station.name in html
    assert "全站" in html


def test_the_page_asks_as_often_for_one_placement_as_for_many(
    client_of, official, post, worker, most_reads
):
    for year in range(2000, 2015):
        PlacementFactory(
            worker=worker, post=post, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)
        )
    client = client_of(official)

    with most_reads(MOST):
        html = page_of(client, worker)

    assert "2014-12-31" in html


def test_the_verdict_on_the_person_is_there(root, client_of, official, post, worker):
    run = RunFactory(area=root, requested_by=official, on=date(2026, 1, 31))
    TallyFactory(run=run, area=post.station.area)
    finding = RunFindingFactory(run=run, place=post.station.area, kind="worker", code=worker.code)

    assert f"/findings/{finding.pk}/" in page_of(client_of(official), worker)


def test_who_looked_is_kept(client_of, official, worker):
    page_of(client_of(official), worker)

    seen = AuditEvent.objects.get(verb="view-worker")
    assert (seen.actor, seen.target_id) == (official, worker.pk)


def test_finance_and_other_streets_find_nobody(root, client_of, worker):
    finance = client_of(UserFactory(role="city_finance", area=root))

    assert page_of(finance, worker, 404) == text_of(finance, "/workers/999999/", 404)


def test_assignments_elsewhere_are_not_shown(client_of, official, worker):
    AssignmentFactory(
        supervisor=SupervisorFactory(home=worker.home, name="别处督导"),
        worker=hire(PostFactory(station=worker.placements.get().post.station)),
        station=None,
    )

    assert "别处督导" not in page_of(client_of(official), worker)
