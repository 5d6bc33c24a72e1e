"""Child processes that never outlive their launcher, however it ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
LARGEST_LOG = 5 * 2**20


@dataclass(frozen=True)
class Child:
    """A process with a name for people and a log of its own."""

    label: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def exit_code(self) -> int | None:
        """None as long as it runs."""
        return self.process.poll()


def start(label: str, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Child:
    """Start a Python module in a process group of its own."""
    _keep_short(log)
    launcher = os.getpid()
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=lambda: _die_with(launcher),
        )
    return Child(label, log, process)


def stop_all(children: Sequence[Child], *, seconds: float = 12) -> None:
    """Ask all to stop, then end by force what is left, with everything it started."""
    for child in children:
        with suppress(ProcessLookupError):
            child.process.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def _die_with(launcher: int) -> None:
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != launcher:  # it died before the line above
        os._exit(1)


def _keep_short(log: Path) -> None:
    log.parent.mkdir(exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
