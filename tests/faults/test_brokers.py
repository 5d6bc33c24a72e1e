"""The broker dies, forgets or is not there: people notice nothing, and each job ends once."""

from time import monotonic

import pytest

from jobs.models import Job
from tenancy.context import tenant_context
from tests.conftest import TenantlessClient
from tests.jobs.workers import wait_until, worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.no_tenant,
    pytest.mark.full,
]

AT_MOST = 2.0  # seconds that a request may take while the broker is away


@pytest.fixture
def failed_job(desk):
    """A job that somebody can try again by pressing a button."""
    with tenant_context(desk.tenant.pk):
        return Job.objects.create(
            kind="quick",
            area=desk.root,
            requested_by=desk.user,
            ended_at="2026-11-01T00:00Z",
            reason=Job.Reason.LOST,
        )


def press_retry(desk, job):
    client = TenantlessClient()
    client.force_login(desk.user)
    began = monotonic()
    response = client.post(f"/jobs/{job.pk}/retry/")
    return response.status_code, monotonic() - began


def test_with_the_broker_down_a_request_succeeds_and_the_job_runs_later(
    desk, failed_job, private_broker, tmp_path
):
    status, seconds = press_retry(desk, failed_job)
    assert (status, desk.look(failed_job).status) == (302, "queued")
    assert seconds < AT_MOST

    private_broker.start()
    with worker(tmp_path, beat=True, REDIS_URL=private_broker.url):
        [row] = desk.ended(failed_job)
    assert row.status == "done"
    assert desk.each_had_one_effect(failed_job)


def test_a_broker_that_accepts_and_says_nothing_delays_a_request_little(
    desk, failed_job, private_broker, settings
):
    private_broker.start()
    with private_broker.frozen():
        status, seconds = press_retry(desk, failed_job)

    assert (status, desk.look(failed_job).status) == (302, "queued")
    assert seconds < AT_MOST


def test_an_emptied_broker_loses_no_job(desk, private_broker, tmp_path):
    private_broker.start()
    with worker(tmp_path, beat=True, REDIS_URL=private_broker.url):
        running = [desk.ask("slow") for _ in range(2)]
        for job in running:
            desk.pid(job)
        pending = [desk.ask("quick") for _ in range(20)]
        private_broker.flush()
        desk.open()

        rows = desk.ended(*running, *pending, seconds=90)
    assert {row.status for row in rows} == {"done"}
    assert desk.each_had_one_effect(*running, *pending)


def test_a_killed_broker_without_memory_loses_no_job(desk, private_broker, failed_job, tmp_path):
    private_broker.start()
    with worker(tmp_path, beat=True, REDIS_URL=private_broker.url):
        running = [desk.ask("slow") for _ in range(2)]
        for job in running:
            desk.pid(job)
        jobs = [*running, *(desk.ask("quick") for _ in range(5))]
        private_broker.kill()
        jobs += [desk.ask("quick") for _ in range(5)]
        status, seconds = press_retry(desk, failed_job)
        desk.open()
        wait_until(lambda: all(desk.look(job).ended_at for job in running))
        private_broker.start()

        rows = desk.ended(*jobs, failed_job, seconds=90)
    assert status == 302
    assert seconds < AT_MOST
    assert {row.status for row in rows} == {"done"}
    assert desk.each_had_one_effect(*jobs, failed_job)
