"""The garbage collector, while much is held in memory at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """What is kept to the end and holds no cycles is walked in vain, and often."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def spare_what_stays() -> None:
    """Whatever a process has imported by now is never walked again."""
    gc.collect()
    gc.freeze()
