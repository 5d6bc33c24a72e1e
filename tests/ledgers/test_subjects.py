"""What a verdict names by kind and code leads to the row's page."""

import pytest

from procurement.models import Contract, Project
from staffing.models import Worker
from stations.models import Point, Post
from tests.city_workbook import STREET
from tests.factories import UserFactory
from tests.filings.factories import MonthlyRecordFactory

pytestmark = pytest.mark.django_db


def test_a_verdicts_evidence_is_found_by_kind_and_code(kept, client_of, official):
    client = client_of(official)
    targets = {
        f"area/{STREET}": f"/areas/{STREET}/",
        "station/S1": f"/stations/{kept.S1.pk}/",
        "point/D1": f"/ledgers/points/{Point.objects.get(code='D1').pk}/",
        "post/G2": f"/ledgers/posts/{Post.objects.get(code='G2').pk}/",
        "worker/R1": f"/workers/{Worker.objects.get(code='R1').pk}/",
        "project/P1": f"/projects/{Project.objects.get().pk}/",
        "contract/P1/2": f"/ledgers/contracts/{Contract.objects.get(year_no=2).pk}/",
    }

    assert {path: client.get(f"/subjects/{path}/").url for path in targets} == targets


def test_a_record_is_found_by_its_station_and_month(kept, client_of, official, officer):
    mine, elsewhere = (MonthlyRecordFactory(station=one) for one in (kept.S1, kept.S2))
    client, own = client_of(official), client_of(officer)

    assert client.get("/subjects/record/S1/2026-10/").url == f"/records/{mine.pk}/"
    assert client.get("/subjects/record/S2/2026-10/").url == f"/records/{elsewhere.pk}/"
    assert own.get("/subjects/record/S1/2026-10/").url == f"/records/{mine.pk}/"
    assert own.get("/subjects/record/S2/2026-10/").status_code == 404
    assert own.get("/subjects/record/S1/2026-Q4/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "station/S9",
        "record/S1/2026-10",
        "record/S1/2026-13",
        "record/S1",
        "contract/P1",
        "contract/P1/x",
        "contract/P1/٢",
        "contract/P1/99999999999",
        "placement/R1",
        "nothing/S1",
        "area/999999999999",
    ],
)
def test_what_names_nothing_is_not_found(kept, client_of, official, path):
    assert client_of(official).get(f"/subjects/{path}/").status_code == 404


def test_evidence_elsewhere_is_not_found(kept, client_of, officer):
    client = client_of(officer)

    assert [
        client.get(f"/subjects/{path}/").status_code for path in ("station/S2", "worker/R2")
    ] == [404, 404]


def test_a_finance_officer_reads_projects_and_no_people(kept, client_of, root):
    client = client_of(UserFactory(role="city_finance", area=root))

    assert client.get("/subjects/project/P1/", follow=True).status_code == 200
    assert client.get("/subjects/worker/R1/").status_code == 404
