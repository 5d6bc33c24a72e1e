"""The day that a page of a place is about: today, or a past day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tenancy.areas.lookup import Place


@dataclass(frozen=True)
class Day:
    """A day, whether it lies behind us, and what choosing another leaves as it is."""

    on: date
    is_past: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """What links add to keep the day; nothing today."""
        return f"on={self.on.isoformat()}" if self.is_past else ""

    def keep(self, url: str) -> str:
        """The address, about the same day."""
        if not self.is_past:
            return url
        return f"{url}{'&' if '?' in url else '?'}{self.query}"

    def along(self, places: Iterable[Place]) -> list[Place]:
        """The steps of a scope path, each about the same day."""
        return [Place(one.name, self.keep(one.url) if one.url else "") for one in places]
