"""A report that runs away fails alone: its process may not take all memory of the machine."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST = 2**30  # beyond what the process holds already


@contextmanager
def limited_memory() -> Iterator[None]:
    """Let the process grow by a gibibyte at most; on what is not Linux, let it grow."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(statm.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (_least(held + MOST, soft, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _least(*limits: int) -> int:
    return min(limit for limit in limits if limit != resource.RLIM_INFINITY)
