import pytest

from jobs import actions
from jobs.models import Job
from tests.factories import AreaFactory, UserFactory
from tests.jobs import kinds  # noqa: F401 - registers them

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(root, official):
    return actions.request(kind="quick", area=root, params={}, by=official)


def page(client, job, part=""):
    return client.get(f"/jobs/{job.pk}/{part}")


def press(client, job, button):
    return client.post(f"/jobs/{job.pk}/{button}/", follow=True)


def test_the_list_shows_jobs_and_narrows_them_by_state(client_of, official, job):
    client = client_of(official)

    assert f"/jobs/{job.pk}/" in client.get("/jobs/").content.decode()
    assert f"/jobs/{job.pk}/" not in client.get("/jobs/?state=failed").content.decode()
    assert client.get("/jobs/?state=nonsense&page=99").status_code == 200


def test_a_job_under_way_asks_for_itself_again_and_can_be_left(client_of, official, job):
    text = page(client_of(official), job).content.decode()

    assert f'hx-get="/jobs/{job.pk}/progress/"' in text
    assert "刷新进度" in text
    assert "取消任务" in text


def test_what_happens_next_is_said_in_words(client_of, official, job):
    client = client_of(official)
    Job.objects.claim("somebody")
    Job.objects.update(kind="slow", step="waiting")
    assert "等待" in page(client, job).content.decode()

    Job.objects.all().give_back(Job.Reason.CRASHED)
    assert "第 1 次执行没有完成" in page(client, job).content.decode()

    Job.objects.claim("somebody")
    actions.cancel(job=job, by=official)
    text = page(client, job).content.decode()
    assert "正在取消" in text
    assert f"/jobs/{job.pk}/cancel/" not in text


def test_a_done_job_leads_to_its_result(client_of, official, root):
    done = actions.request(kind="leads-on", area=root, params={}, by=official)
    Job.objects.end(result={"at": "/reports/7/"})

    assert 'href="/reports/7/"' in page(client_of(official), done).content.decode()


def test_progress_stops_asking_at_the_end(client_of, official, job):
    Job.objects.end(result={})

    text = page(client_of(official), job, "progress/").content.decode()

    assert "hx-get" not in text
    assert "<html" not in text


def test_a_failed_job_says_why_and_can_be_tried_again(client_of, official, job):
    Job.objects.end(Job.Reason.TIME_LIMIT)
    client = client_of(official)
    text = page(client, job).content.decode()
    assert "超过时限" in text
    assert f"/jobs/{job.pk}/retry/" in text

    press(client, job, "retry")

    assert Job.objects.get().status == "queued"


def test_a_waiting_job_is_cancelled(client_of, official, job):
    press(client_of(official), job, "cancel")

    assert Job.objects.get().status == "cancelled"


def test_pressing_too_late_is_told(client_of, official, job):
    Job.objects.end(result={})
    client = client_of(official)

    assert "已经结束" in press(client, job, "cancel").content.decode()
    assert "没有失败" in press(client, job, "retry").content.decode()


def test_a_retry_beside_the_same_effect_is_told(client_of, official, root):
    same = {"kind": "quick", "area": root, "params": {}, "by": official, "effect_key": "1"}
    failed = actions.request(**same)
    Job.objects.end(Job.Reason.LOST)
    actions.request(**same)

    assert "正在进行" in press(client_of(official), failed, "retry").content.decode()


@pytest.mark.parametrize("part", ["", "progress/"])
def test_outside_ones_reach_a_job_does_not_exist(client_of, root, job, part):
    stranger = UserFactory(
        role="district_authority", area=AreaFactory(level="district", parent=root)
    )

    assert page(client_of(stranger), job, part).status_code == 404


@pytest.mark.parametrize("button", ["cancel", "retry"])
def test_outside_ones_reach_nothing_is_pressed(client_of, root, job, button):
    stranger = UserFactory(
        role="district_authority", area=AreaFactory(level="district", parent=root)
    )

    assert press(client_of(stranger), job, button).status_code == 404


def test_without_the_verb_an_own_job_is_seen_and_not_tried_again(client_of, root):
    worker = UserFactory(role="worker", area=root)
    own = actions.request(kind="quick", area=root, params={}, by=worker)
    Job.objects.end(Job.Reason.NOT_PERMITTED)
    client = client_of(worker)

    assert f"/jobs/{own.pk}/retry/" not in page(client, own).content.decode()
    assert press(client, own, "retry").status_code == 403


def test_a_kind_of_another_version_is_shown_and_not_tried_again(client_of, official, root):
    old = actions.request(kind="of-old", area=root, params={}, by=official)
    Job.objects.end(Job.Reason.UNKNOWN_KIND)
    client = client_of(official)

    assert "of-old" in page(client, old).content.decode()
    assert press(client, old, "retry").status_code == 403


def test_the_state_of_a_job_is_data_too(client_of, official, job):
    [row] = client_of(official).get("/api/v1/jobs/").json()["results"]

    assert (row["id"], row["state"]) == (job.pk, "queued")
