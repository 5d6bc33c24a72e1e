"""The registry of sources: a name, what people call it, and a reader for many stations at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from tenancy.periods import Period

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Read = Callable[[Sequence[int], Period], Mapping[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Source:
    """Reads the value of a month by the primary keys of stations.

    A number of queries that does not grow with the stations; of a station left out nothing is
    known, which is not 0.
    """

    name: str
    label: "_StrPromise | str"
    read: Read


_sources: dict[str, Source] = {}


def register(name: str, label: "_StrPromise | str", read: Read) -> None:
    """Offer a source; called from `AppConfig.ready()`."""
    holder = _sources.setdefault(name, Source(name, label, read))
    if holder.read is not read:
        raise ValueError(f"source {name} is registered twice")


def find(name: str) -> Source | None:
    """The source of that name; templates may name one whose app is yet to come."""
    return _sources.get(name)


def registered() -> list[Source]:
    """All sources, by name."""
    return [_sources[name] for name in sorted(_sources)]


def known(
    names: Iterable[str], stations: Sequence[int], month: Period
) -> dict[str, dict[int, Decimal]]:
    """What several sources say, by name and station; a month to come is unknown to all."""
    token = _read_once.set({})
    try:
        return {name: _values(find(name), stations, month) for name in dict.fromkeys(names)}
    finally:
        _read_once.reset(token)


_read_once: ContextVar[dict[Any, Any] | None] = ContextVar("read_once", default=None)
Rows = TypeVar("Rows")


def shared(read: Callable[..., Rows]) -> Callable[..., Rows]:
    """Let the sources of one question read the same rows once. What is read is not changed."""

    @wraps(read)
    def once(stations: Sequence[int], *rest: Any) -> Rows:
        kept = _read_once.get()
        if kept is None:
            return read(stations, *rest)
        key = (read, tuple(stations), *rest)
        if key not in kept:
            kept[key] = read(stations, *rest)
        found: Rows = kept[key]
        return found

    return once


def _values(source: Source | None, stations: Sequence[int], month: Period) -> dict[int, Decimal]:
    if source is None or not stations or timezone.localdate() < month.first:
        return {}
    return dict(source.read(stations, month))


def as_of(month: Period) -> date:
    """The day that speaks for the month: its last, or today while it runs."""
    return min(month.last, timezone.localdate())
