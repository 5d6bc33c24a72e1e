from datetime import timedelta

import pytest
from django.db.models.functions import Now

from jobs import actions, doorbell, sweeping
from jobs.liveness import heartbeat_ages, longest_wait
from jobs.models import Job, WorkerHeartbeat
from tenancy.context import tenant_context
from tests.jobs import kinds  # noqa: F401 - registers them
from tests.jobs.desk import elsewhere

pytestmark = pytest.mark.django_db

LONG_AGO = Now() - timedelta(hours=1)


@pytest.fixture
def rung(monkeypatch):
    """Jobs that the sweeper rang for; `rung.waiting` messages are said to be in the queue."""

    class Rung(list):
        waiting = 0

    bell = Rung()
    monkeypatch.setattr(doorbell, "ring", lambda jobs: bell.extend(pk for _, pk, _ in jobs))
    monkeypatch.setattr(doorbell, "waiting", lambda queue: bell.waiting)
    return bell


@pytest.fixture
def job(root, official):
    return actions.request(kind="quick", area=root, params={}, by=official)


def change(**facts):
    Job.objects.update(**facts)


def test_a_job_just_published_is_left_alone(job, rung):
    sweeping.sweep()

    assert rung == []


def test_a_job_that_nobody_picked_up_is_rung_for_once_in_a_while(job, rung):
    change(published_at=LONG_AGO)

    sweeping.sweep()
    sweeping.sweep()

    assert rung == [job.pk]


def test_messages_that_still_wait_are_not_repeated(job, rung):
    change(published_at=LONG_AGO)
    rung.waiting = 1

    sweeping.sweep()

    assert rung == []


def test_a_job_under_lease_is_left_alone(job, rung):
    Job.objects.claim("somebody")
    change(published_at=LONG_AGO)

    sweeping.sweep()

    assert rung == []


def test_a_job_whose_lease_ran_out_is_rung_for_at_once(job, rung):
    Job.objects.claim("somebody")
    change(lease_until=LONG_AGO)

    sweeping.sweep()

    assert rung == [job.pk]
    assert Job.objects.get().status == "queued"


def test_a_job_lost_three_times_is_buried(job, rung):
    change(attempt=3, lease_until=LONG_AGO)

    sweeping.sweep()

    assert (Job.objects.get().status, Job.objects.get().reason) == ("failed", "lost")
    assert rung == []


def test_a_job_whose_worker_died_before_it_heard_of_the_cancellation_is_cancelled(
    job, rung, official
):
    Job.objects.claim("somebody")
    actions.cancel(job=job, by=official)
    change(lease_until=LONG_AGO)

    sweeping.sweep()

    assert Job.objects.get().status == "cancelled"
    assert rung == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.no_tenant
def test_one_sweeper_at_a_time(desk, rung):
    job = desk.ask("quick")
    assert rung.pop() == job.pk  # by the request itself

    with tenant_context(desk.tenant.pk):
        change(published_at=LONG_AGO)
    with tenant_context(desk.tenant.pk):
        assert sweeping._alone(desk.tenant.pk)
        elsewhere(sweeping.sweep)
        assert rung == []

    sweeping.sweep()
    assert rung == [job.pk]


def test_the_longest_wait_counts_what_no_worker_took(job):
    assert longest_wait() < timedelta(minutes=1)
    change(created_at=LONG_AGO)
    assert longest_wait() >= timedelta(hours=1)

    Job.objects.claim("somebody")
    assert longest_wait() == timedelta()


def test_the_age_of_each_queues_heartbeat():
    assert heartbeat_ages() == {"default": None, "reports": None}
    WorkerHeartbeat.objects.create(queue="reports", at=LONG_AGO)

    assert heartbeat_ages()["reports"] >= timedelta(hours=1)
