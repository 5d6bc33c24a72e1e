"""Small questions about processes and ports."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

LOOPBACK = "127.0.0.1"


def works_in(pid: int, folder: Path) -> bool:
    """Whether the process lives and works in this folder: a number alone may have been reused."""
    if not Path("/proc/self").exists():
        return lives(pid)
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def lives(pid: int) -> bool:
    """Whether any process has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0


def accepts(port: int) -> bool:
    """Whether something listens on this port of the machine."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=2).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
    return port


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Ask again and again until the condition holds or the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def end(pid: int, folder: Path, *, seconds: float = 10) -> None:
    """End a process that works in this folder; by force when it does not listen."""
    for request in (signal.SIGTERM, signal.SIGKILL):
        if works_in(pid, folder):
            os.kill(pid, request)
            wait_until(lambda: not works_in(pid, folder), seconds=seconds)
