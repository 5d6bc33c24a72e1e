"""A real worker, as a process group of its own, on the database and the broker of the test."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

LEASE_SECONDS = 3
REPUBLISH_SECONDS = 2
COMMAND = ("-m", "celery", "-A", "config.celery", "-q", "worker", "-Q", "default,reports")
QUICK = ("-I", "tests.jobs.kinds", "--without-gossip", "--without-mingle", "--loglevel=WARNING")


def wait_until(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """Ask until the answer is true, and give it back; fail when the time is over."""
    deadline = monotonic() + seconds
    while not (answer := condition()):
        if monotonic() > deadline:
            raise TimeoutError(condition)
        sleep(0.05)
    return answer


class Worker:
    """A Celery worker with its children and, on request, a beat that sweeps each second."""

    def __init__(self, folder: Path, *, beat: bool = False, **environment: str) -> None:
        self.name = f"worker-{uuid4().hex[:8]}"
        self.log = folder / f"{self.name}.log"
        extra = ("-B", "-s", str(folder / f"{self.name}.beat")) if beat else ()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *COMMAND, *QUICK, "-c", "2", "-n", self.name, *extra],
                env={**os.environ, **self._environment(environment)},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "ZHANDIAN_TEST_JOINED": "1",
            "REMAP_SIGTERM": "SIGQUIT",
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "JOB_REPUBLISH_SECONDS": str(REPUBLISH_SECONDS),
            **environment,
        }

    def ask_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def kill_all(self) -> None:
        """The whole process group at once, as a lost machine."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@contextmanager
def worker(folder: Path, **options: Any) -> Iterator[Worker]:
    """A worker for the time of a block; what is left of it afterwards is killed."""
    started = Worker(folder, **options)
    try:
        yield started
    finally:
        started.kill_all()
