"""Pages of places as PDF, printed by a job."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from dashboard.tasks import PAPER, forget_papers
from jobs import registry
from jobs.models import Job
from jobs.running import RunningJob
from tests.compliance.ledgers import YEAR_1, YEAR_3, fengyang
from tests.compliance.paper import text_of
from tests.conftest import suspended
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def printed(area, by, on="2025-12-05", standing=""):
    """The job as it ends."""
    params = {"on": on, "standing": standing}
    result = registry.find(PAPER).run(RunningJob(params, area, by))
    return Job.objects.create(
        kind=PAPER,
        area=area,
        requested_by=by,
        params=params,
        ended_at=timezone.now(),
        result=result,
    )


def test_a_page_is_printed_with_scope_pack_and_data_time(root, client_of, official, judged):
    district, *_rest = fengyang(root)
    judged(root, on=YEAR_1)
    judged(root, on=YEAR_3)

    answer = client_of(official).get(f"/papers/{printed(root, official).pk}/file.pdf")

    said = text_of(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    for words in (f"{root.name}{root.code}", "核验日2025-12-01", "查看日期2025-12-05"):
        assert words in said
    assert "10/20（50.0%）未达标" in said
    assert f"{district.name}{district.code}" in said
    assert "第三年起2/3" in said


def test_a_station_is_printed_without_its_people(root, client_of, official, judged):
    *_, station = fengyang(root)
    judged(root, on=YEAR_3)

    job = printed(station.area, official)

    assert "CERT-03" in text_of(client_of(official).get(f"/papers/{job.pk}/file.pdf").content)


def test_asking_starts_one_job_with_day_and_filter(root, client_of, official):
    client = client_of(official)
    url = f"/areas/{root.code}/paper/?level=city&on=2025-12-05&standing=not_met"

    first, second = client.post(url), client.post(url)

    job = Job.objects.get(kind=PAPER)
    assert job.params == {"on": "2025-12-05", "standing": "not_met"}
    assert first.url == second.url == f"/jobs/{job.pk}/"


def test_who_holds_no_office_there_does_not_get_it(root, client_of, official, judged):
    district, street, _station = fengyang(root)
    judged(root, on=YEAR_3)
    job = printed(root, official)
    client = client_of(UserFactory(role="street_office", area=street))

    assert client.get(f"/papers/{job.pk}/file.pdf").status_code == 404


def test_a_paper_not_yet_printed_is_not_there(root, client_of, official):
    job = Job.objects.create(kind=PAPER, area=root, requested_by=official)

    assert client_of(official).get(f"/papers/{job.pk}/file.pdf").status_code == 404


@pytest.fixture
def stored():
    """`stored(job, days)`: its file, printed so many days ago; without a job one that was lost."""

    def store(job, days):
        moment = timezone.now() - timedelta(days=days)
        name = default_storage.save("papers/x.pdf", ContentFile(b"%PDF-"))
        os.utime(default_storage.path(name), (moment.timestamp(), moment.timestamp()))
        Job.objects.filter(pk=job and job.pk).update(ended_at=moment, result={"file": name})
        return name

    return store


def test_an_old_paper_goes_and_may_be_printed_anew(root, client_of, official, stored):
    old, young = (
        Job.objects.create(
            kind=PAPER,
            area=root,
            requested_by=official,
            params={"on": "2025-12-05", "standing": ""},
        )
        for _ in range(2)
    )
    names = [stored(old, 31), stored(young, 29), stored(None, 2), stored(None, 0)]

    with suspended():
        forget_papers()

    assert [default_storage.exists(name) for name in names] == [False, True, False, True]
    client = client_of(official)
    page = client.get(f"/papers/{old.pk}/file.pdf", follow=True).content.decode()
    assert "已过期，请重新生成。" in page
    assert "/file.pdf" not in page
    assert f'href="/jobs/{old.pk}/"' in client.get("/jobs/?state=expired").content.decode()
    assert f'href="/jobs/{old.pk}/"' not in client.get("/jobs/?state=failed").content.decode()
    assert client.get(f"/papers/{young.pk}/file.pdf").content == b"%PDF-"

    client.post(f"/jobs/{old.pk}/retry/")

    again = Job.objects.get(pk=old.pk)
    assert (again.status, again.params["on"]) == (Job.State.QUEUED, "2025-12-05")
