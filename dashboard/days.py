"""The day that a page of a place is about: today, or the past day that its address names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from dashboard.forms import DayForm
from tenancy.areas.lookup import Place

KEPT = ("level", "standing")  # what choosing another day leaves as it is


@dataclass(frozen=True)
class Day:
    """A day, the form that chooses another with what it keeps, and whether it lies behind us."""

    on: date
    form: DayForm
    is_past: bool
    kept: dict[str, str]

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


def day_of(request: HttpRequest) -> Day:
    """An unreadable or future day is today, and the form says why."""
    today, form = timezone.localdate(), DayForm(request.GET)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today
    kept = {name: request.GET[name] for name in KEPT if name in request.GET}
    return Day(on, form, is_past=on < today, kept=kept)
