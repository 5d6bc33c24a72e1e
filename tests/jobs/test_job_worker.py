"""Jobs through a real worker over a real broker."""

import os
from contextlib import closing

import psycopg2
import pytest

from jobs.models import WorkerHeartbeat
from jobs.tasks import heartbeat
from tests.jobs.workers import wait_until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_tenant]


def test_jobs_go_from_request_to_their_ends(desk, tmp_path):
    with worker(tmp_path, beat=True):
        kinds = ["quick", "crashing", "refusing", "endless"]
        quick, crashing, refusing, endless = desk.ended(*(desk.ask(kind) for kind in kinds))

    assert (quick.status, quick.attempt, quick.result) == ("done", 1, {"attempt": 1})
    assert (crashing.status, crashing.attempt, crashing.reason) == ("failed", 3, "crashed")
    assert crashing.detail == "ZeroDivisionError"
    assert (refusing.status, refusing.attempt) == ("failed", 1)
    assert refusing.error == "没有数据，请先导入。"
    assert (endless.status, endless.attempt, endless.reason) == ("failed", 1, "time_limit")
    assert desk.each_had_one_effect(quick)


def test_a_running_job_is_watched_and_cancelled(desk, tmp_path):
    with worker(tmp_path):
        job = desk.ask("slow")
        row = wait_until(lambda: desk.look(job).done and desk.look(job))
        assert (row.status, row.done, row.total, row.step_name) == ("running", 1, 2, "等待")

        desk.cancel(job)
        [row] = desk.ended(job)
    assert row.status == "cancelled"
    assert not desk.effects()


def test_the_heartbeat_goes_through_the_queue(desk, tmp_path):
    with worker(tmp_path):
        heartbeat.apply_async(queue="reports")
        wait_until(WorkerHeartbeat.objects.filter(queue="reports").exists)

    assert not WorkerHeartbeat.objects.filter(queue="default").exists()


def test_a_process_keeps_its_connection_and_finds_another_when_it_is_lost(desk, tmp_path):
    def served_by():
        [row] = desk.ended(desk.ask("connected"))
        return row.result["served_by"]

    with worker(tmp_path):
        first, second = served_by(), served_by()
        terminate(second)
        third = served_by()

    assert first == second
    assert third != second


def terminate(backend):
    """As a restart of the database would."""
    with closing(psycopg2.connect(os.environ["ZHANDIAN_TEST_ADMIN"])) as admin:
        admin.cursor().execute("SELECT pg_terminate_backend(%s)", [backend])
