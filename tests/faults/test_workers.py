"""Processes die: the job is done once all the same."""

import os
import signal

import pytest

from jobs import doorbell
from tests.jobs.workers import worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.no_tenant,
    pytest.mark.full,
]


def test_a_killed_child_is_followed_by_another_at_once(desk, tmp_path):
    with worker(tmp_path, JOB_LEASE_SECONDS="60"):
        job = desk.ask("slow")
        os.kill(desk.pid(job), signal.SIGKILL)

        desk.pid(job, attempt=2, seconds=10)
        desk.open()

        [row] = desk.ended(job)
    assert (row.status, row.attempt, row.result) == ("done", 2, {"attempt": 2})
    assert desk.each_had_one_effect(job)


def test_a_child_killed_after_commit_has_one_effect(desk, tmp_path):
    with worker(tmp_path):
        job = desk.ask("dies-after-commit")
        desk.ended(job)

        after = desk.ask("quick")
        desk.ended(after)
        desk.settled()
    assert desk.look(job).attempt == 1
    assert desk.each_had_one_effect(job, after)


def test_a_message_delivered_five_times_to_two_workers_has_one_effect(desk, tmp_path):
    with worker(tmp_path), worker(tmp_path):
        job = desk.ask("quick")
        doorbell.ring([(desk.tenant.pk, job.pk, "quick")] * 4)

        desk.ended(job)
        desk.settled()
    row = desk.look(job)
    assert (row.attempt, row.fence) == (1, 1)
    assert desk.each_had_one_effect(job)


def test_a_killed_worker_is_followed_by_another_when_its_lease_is_over(desk, tmp_path):
    with worker(tmp_path) as lost:
        job = desk.ask("slow")
        desk.pid(job)
        lost.kill_all()
    with worker(tmp_path, beat=True):
        desk.pid(job, attempt=2)
        desk.open()

        [row] = desk.ended(job)
    assert (row.status, row.attempt) == ("done", 2)
    assert desk.each_had_one_effect(job)


def test_a_worker_that_froze_comes_too_late(desk, tmp_path):
    with worker(tmp_path, beat=True):
        job = desk.ask("deaf")
        frozen = desk.pid(job)
        os.kill(frozen, signal.SIGSTOP)
        desk.pid(job, attempt=2)
        desk.open(attempt=2)
        desk.ended(job)

        desk.open(attempt=1)
        os.kill(frozen, signal.SIGCONT)
        after = [desk.ask("quick") for _ in range(4)]
        desk.ended(*after)
        desk.settled()
    assert desk.look(job).result == {"attempt": 2}
    assert desk.each_had_one_effect(job, *after)


def test_a_worker_asked_to_stop_ends_its_job_first(desk, tmp_path):
    with worker(tmp_path) as stopping:
        job = desk.ask("slow")
        desk.pid(job)
        stopping.ask_to_stop()
        desk.open()

        assert stopping.process.wait(15) == 0
    row = desk.look(job)
    assert (row.status, row.attempt) == ("done", 1)
    assert desk.each_had_one_effect(job)


def test_a_worker_asked_to_stop_leaves_a_long_job_to_another_at_once(desk, tmp_path):
    with worker(tmp_path, JOB_LEASE_SECONDS="60") as stopping:
        job = desk.ask("slow")
        desk.pid(job)
        stopping.ask_to_stop()
        stopping.process.wait(15)
    with worker(tmp_path, JOB_LEASE_SECONDS="60"):
        desk.pid(job, attempt=2, seconds=15)
        desk.open()

        [row] = desk.ended(job)
    assert row.status == "done"
    assert desk.each_had_one_effect(job)
