"""What one person's placements add up to, day by day. Pure: no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Protocol


class Placed(Protocol):
    """A share of somebody's time on a post; both dates inclusive, no end where null."""

    starts_on: date
    ends_on: date | None
    share: Decimal
    post: object


@dataclass(frozen=True)
class Overload:
    """From `day` on the placements together claim more than the whole person."""

    day: date
    total: Decimal
    placements: tuple[Placed, ...]


def overloads(placements: Sequence[Placed]) -> Iterator[Overload]:
    """Each first day on which the shares pass 1. They only ever grow where a placement starts."""
    for day in sorted({placement.starts_on for placement in placements}):
        active = tuple(_active(placements, day))
        total = sum((placement.share for placement in active), Decimal(0))
        if total > 1:
            yield Overload(day, total, active)


def _active(placements: Iterable[Placed], day: date) -> Iterator[Placed]:
    for placement in placements:
        if placement.starts_on <= day and (placement.ends_on is None or day <= placement.ends_on):
            yield placement


def overlaps(placements: Iterable[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs on the same post that share a day."""
    in_order = sorted(placements, key=lambda placement: placement.starts_on)
    for earlier, later in combinations(in_order, 2):
        ended = earlier.ends_on is not None and earlier.ends_on < later.starts_on
        if earlier.post == later.post and not ended:
            yield earlier, later
