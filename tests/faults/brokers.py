"""A private broker without any memory on disk, to be killed and emptied."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from config.embedded.binaries import valkey_program
from config.embedded.processes import LOOPBACK, free_port
from tests.jobs.workers import wait_until


class Broker:
    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://{LOOPBACK}:{self._port}/0"

    def start(self) -> None:
        options = [
            "--bind",
            LOOPBACK,
            "--port",
            str(self._port),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._process = subprocess.Popen(
            [valkey_program(), *options], cwd=self._folder, stdout=subprocess.DEVNULL
        )
        wait_until(self._answers, 10)

    def kill(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It accepts connections and never answers."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


@contextmanager
def broker(folder: Path) -> Iterator[Broker]:
    started = Broker(folder)
    try:
        yield started
    finally:
        started.kill()
