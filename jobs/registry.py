"""The registry of kinds of jobs: what each app lets run outside a request.

An app decorates plain functions with `@job(…)` in a module that its `AppConfig.ready()` imports.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tenancy.permissions import Permission

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from jobs.models import Job
    from jobs.running import RunningJob

Run = Callable[["RunningJob"], dict[str, Any]]
Queue = Literal["default", "reports"]
QUEUES: tuple[Queue, ...] = ("default", "reports")
TIME_LIMIT = 600


@dataclass(frozen=True)
class Kind:
    """One kind of job: who may run it, where it runs, how it is called and what does it."""

    name: str
    verb: Permission
    title: "_StrPromise | str"
    run: Run
    queue: Queue = "default"
    time_limit: int = TIME_LIMIT
    steps: "Mapping[str, _StrPromise | str]" = field(default_factory=dict)
    result_url: "Callable[[Job], str] | None" = None


_kinds: dict[str, Kind] = {}


def job(
    kind: str, *, verb: Permission, title: "_StrPromise | str", **options: Any
) -> Callable[[Run], Run]:
    """Register a function as the work of a kind of job.

    It runs in one transaction of the job's tenant that ends the job as well: what it writes exists
    exactly when the job is done. Options: `queue`, `time_limit` (seconds), `steps` (code → words),
    `result_url` (job → address).
    """

    def register(run: Run) -> Run:
        holder = _kinds.setdefault(kind, Kind(kind, verb, title, run, **options))
        if holder.run is not run:
            raise ValueError(f"job kind {kind} is registered twice")
        return run

    return register


def find(name: str) -> Kind | None:
    """The kind of that name; rows outlive kinds."""
    return _kinds.get(name)


def queue_of(name: str) -> Queue:
    """Where jobs of a kind wait."""
    kind = find(name)
    return kind.queue if kind else "default"


def kinds_by_verb() -> dict[Permission, list[str]]:
    """Names of kinds under the verb that each needs."""
    names: dict[Permission, list[str]] = defaultdict(list)
    for kind in _kinds.values():
        names[kind.verb].append(kind.name)
    return names
