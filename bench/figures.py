"""What a measurement yields, and how it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median, quantiles
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, what it may be, and what stands beside it."""

    what: str
    measured: str
    limit: str
    beside: str = ""

    def row(self) -> str:
        return f"| {self.what} | {self.measured} | {self.limit} | {self.beside} |"


HEAD = "| what | measured | limit | beside, in the same run |\n|---|---|---|---|"


@dataclass(frozen=True)
class Times:
    """Milliseconds of repeated runs."""

    runs: list[float]

    @property
    def p50(self) -> float:
        return median(self.runs)

    @property
    def p95(self) -> float:
        return quantiles(self.runs, n=20)[-1]


def time_each(*actions: Callable[[], object], rounds: int, warmup: int = 3) -> list[Times]:
    """Run the actions in turn, so that a drifting machine is the same for all."""
    runs: list[list[float]] = [[] for _ in actions]
    for number in range(rounds + warmup):
        for action, into in zip(actions, runs, strict=True):
            start = perf_counter()
            action()
            if number >= warmup:
                into.append((perf_counter() - start) * 1000)
    return [Times(times) for times in runs]


def apart(action: Callable[[], Any]) -> Any:
    """In a process of its own: what it allocates is its own peak, and gone afterwards."""
    from django.db import connections

    connections.close_all()
    fork = get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    child = fork.Process(target=_send, args=(action, sending))
    child.start()
    sending.close()
    result = receiving.recv()
    child.join()
    return result


def _send(action: Callable[[], Any], to: Connection) -> None:
    from django.db import connections

    to.send(action())
    connections.close_all()
