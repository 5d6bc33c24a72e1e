"""Monthly records, as far as they had come on the day, and the totals made of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A station's record of a month, which is named by its first day.

    `filed_on` is the day of its first filing. `hours` are those that count toward agreed hours:
    None where the record lies with its filer, or does not say.
    """

    month: date
    due_on: date
    filed_on: date | None = None
    accepted: bool = False
    hours: Decimal | None = None

    @property
    def on_time(self) -> bool:
        return self.filed_on is not None and self.filed_on <= self.due_on


@dataclass(frozen=True, slots=True)
class TotalFacts:
    """Whether what the scope keeps of a month is what its accepted records add up to."""

    month: date
    agrees: bool
