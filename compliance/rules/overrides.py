"""Who may change a parameter in which direction, and the changes that have been made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from compliance.findings import Adjustment
from compliance.rules.parameters import Value
from tenancy.periods import covers


class Direction(StrEnum):
    """In which direction an authority may change a parameter."""

    UP = "up"
    DOWN = "down"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Overridable:
    """Who may change it: the authority of the whole tenant (`city`), those below (`district`)."""

    city: Direction = Direction.NONE
    district: Direction = Direction.NONE

    @classmethod
    def read(cls, given: str | Mapping[str, str]) -> "Overridable":
        """One word for both, or a table by level; a level that is not named may not."""
        if isinstance(given, str):
            return cls(Direction(given), Direction(given))
        return cls(**{level: Direction(word) for level, word in given.items()})

    def as_json(self) -> str | dict[str, str]:
        if self.city is self.district:
            return self.city.value
        return {"city": self.city.value, "district": self.district.value}


@dataclass(frozen=True, slots=True)
class OverrideFacts:
    """A parameter's value in an area and below it; both dates inclusive.

    `paths` are those of the area as it was on the day of the facts.
    """

    rule: str
    parameter: str
    value: Value = field(repr=False)  # the text says the same, in one order
    text: str
    area: str
    area_name: str
    paths: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    instrument: str

    def applies(self, place: str, on: date) -> bool:
        return covers(self.valid_from, self.valid_to, on) and place.startswith(self.paths)

    @property
    def adjustment(self) -> Adjustment:
        """What a finding says about it."""
        return Adjustment(self.parameter, self.text, self.area_name, self.instrument)

    def as_json(self) -> dict[str, str | None]:
        return {
            "area": self.area,
            "value": self.text,
            "from": self.valid_from.isoformat(),
            "to": self.valid_to.isoformat() if self.valid_to else None,
            "instrument": self.instrument,
        }
