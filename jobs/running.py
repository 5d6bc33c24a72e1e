"""A job as the function of its kind meets it while it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tenancy.models import Area, User


class CannotBeDone(Exception):
    """The job cannot succeed as it was asked for; `str()` tells the person why and what to do.

    `keep` is called in the transaction that ends the job: what is to stay of an attempt although
    it has no effect.
    """

    def __init__(self, sentence: str, keep: Callable[[], object] = lambda: None) -> None:
        super().__init__(sentence)
        self.keep = keep


class Cancelled(Exception):
    """Somebody asked to stop the job."""


class Superseded(Exception):
    """The lease ran out and another worker took the job: whatever this one did is void."""


class Watch(Protocol):
    """Who keeps the lease and shows the progress to others."""

    def show(self, done: int, total: int | None, step: str) -> None: ...

    def check(self) -> None: ...


class Unwatched:
    """For work that is done outside a job: on the command line, in a test."""

    def show(self, done: int, total: int | None, step: str) -> None:
        """Nobody looks."""

    def check(self) -> None:
        """Nobody can cancel."""


@dataclass(frozen=True)
class RunningJob:
    """What was asked for, where and by whom; and how to say how far it is."""

    params: dict[str, Any]
    area: Area
    by: User
    id: int | None = None
    attempt: int = 1
    watch: Watch = field(default_factory=Unwatched)

    def progress(self, done: int, total: int | None = None, step: str = "") -> None:
        """Say how far it is; others see it at once. Raises as `check_cancelled` does."""
        self.check_cancelled()
        self.watch.show(done if total is None else min(done, total), total, step)

    def check_cancelled(self) -> None:
        """Raise `Cancelled` or `Superseded` where going on is of no use. Let them pass through."""
        self.watch.check()
