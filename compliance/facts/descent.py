"""Areas as they were on a day, however often they have been moved, recoded or merged since.

What refers to an area refers to its newest row; a past day asks for the row it had then.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tenancy.models import Area

ROW = ("pk", "path", "valid_from", "valid_to", "successor_id")


@dataclass(frozen=True, slots=True)
class Version:
    """One row of an area's life."""

    id: int
    path: str
    valid_from: date | None
    valid_to: date | None
    successor: int | None = None


class Descent:
    """The rows that others followed, which are few, read once somebody asks for one of them."""

    def __init__(self, on: date) -> None:
        self._on = on

    @cached_property
    def _before(self) -> Mapping[int | None, list[Version]]:
        """By the row that followed."""
        rows = Area.objects.filter(successor__isnull=False).exclude(level=Area.Level.STATION)
        found: dict[int | None, list[Version]] = defaultdict(list)
        for row in rows.values_list(*ROW):
            version = Version(*row)
            found[version.successor].append(version)
        return found

    def as_of_day(self, version: Version) -> list[Version]:
        """The rows of that area's line in force on the day; the row itself where there is none."""
        return list(self._found(version)) or [version]

    def _found(self, version: Version) -> Iterator[Version]:
        if version.valid_from and self._on < version.valid_from:
            for former in self._before.get(version.id, []):
                yield from self._found(former)
        elif not version.valid_to or self._on <= version.valid_to:
            yield version
