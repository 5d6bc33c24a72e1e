"""Kinds of jobs for the tests: their effect is one audit row each."""

import os
import signal
from pathlib import Path
from time import monotonic, sleep

from django.db import connection, transaction

from jobs.registry import job
from jobs.running import CannotBeDone, RunningJob
from tenancy import audit
from tenancy.permissions import Permission

VERB = Permission.BUILD_REPORT
LONGEST_WAIT = 60
EFFECT = "test-effect"


def effect(running: RunningJob) -> dict[str, int]:
    audit.record(verb=EFFECT, by=running.by, place=running.area.path, detail={"job": running.id})
    return {"attempt": running.attempt}


@job("quick", verb=VERB, title="速")
def quick(running: RunningJob) -> dict[str, int]:
    return effect(running)


@job("leads-on", verb=VERB, title="有结果", result_url=lambda row: row.result["at"])
def leads_on(running: RunningJob) -> dict[str, str]:
    return {"at": f"/areas/{running.area.code}/"}


@job("connected", verb=VERB, title="连接")
def connected(running: RunningJob) -> dict[str, int]:
    """Says which process of the database served it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (served_by,) = cursor.fetchone()
    return {"served_by": served_by}


@job("slow", verb=VERB, title="慢", steps={"waiting": "等待"})
def slow(running: RunningJob) -> dict[str, int]:
    """Effect first, then wait for the gate of this attempt: a file of the test."""
    result = effect(running)
    folder = Path(running.params["folder"])
    (folder / f"{running.id}.{running.attempt}.pid").write_text(str(os.getpid()))
    _wait_for(folder, running)
    return result


def _wait_for(folder: Path, running: RunningJob) -> None:
    deadline = monotonic() + LONGEST_WAIT
    while not {folder / "open", folder / f"open.{running.attempt}"} & {*folder.iterdir()}:
        if monotonic() > deadline:
            raise TimeoutError
        running.progress(1, 2, step="waiting")
        sleep(0.02)


@job("deaf", verb=VERB, title="聋")
def deaf(running: RunningJob) -> dict[str, int]:
    """Waits without listening to cancellation or the loss of its lease."""
    result = effect(running)
    folder = Path(running.params["folder"])
    (folder / f"{running.id}.{running.attempt}.pid").write_text(str(os.getpid()))
    deadline = monotonic() + LONGEST_WAIT
    while not (folder / f"open.{running.attempt}").exists() and monotonic() < deadline:
        sleep(0.02)
    return result


@job("dies-after-commit", verb=VERB, title="提交后中断")
def dies_after_commit(running: RunningJob) -> dict[str, int]:
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    return effect(running)


@job("crashing", verb=VERB, title="出错")
def crashing(running: RunningJob) -> dict[str, int]:
    effect(running)
    raise ZeroDivisionError("秘密")


@job("refusing", verb=VERB, title="拒绝")
def refusing(running: RunningJob) -> dict[str, int]:
    effect(running)
    raise CannotBeDone("没有数据，请先导入。")


@job("endless", verb=VERB, title="无尽", time_limit=1)
def endless(running: RunningJob) -> dict[str, int]:
    effect(running)
    deadline = monotonic() + LONGEST_WAIT
    while monotonic() < deadline:
        sleep(0.02)
    return {}
