"""Several commands at once use one server: the first one in starts it, the last one out stops it.

Each command holds a shared lock on the server's `.users` file. The operating system drops the lock
of a killed command, so a count that lies is impossible.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol


class Server(Protocol):
    """What can be shared."""

    name: str

    @property
    def addresses(self) -> dict[str, str]: ...

    def ensure_running(self) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def turn(directory: Path) -> Iterator[None]:
    """One command at a time: starting, stopping, migrating."""
    with open(directory / "embedded.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def shared(server: Server, directory: Path) -> Iterator[dict[str, str]]:
    """Use a server together with other commands."""
    with open(directory / f"{server.name}.users", "a") as users:
        try:
            with turn(directory):
                fcntl.flock(users, fcntl.LOCK_SH)
                server.ensure_running()
            yield server.addresses
        finally:
            with turn(directory):
                if _alone(users):
                    server.stop()


def _alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
