"""How a pack binds a rule to a clause: severity, parameters, and how they are overridden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from compliance.findings import Adjustment, Evidence, Finding, Status, Subject
from compliance.rules.overrides import Overridable, OverrideFacts
from compliance.rules.parameters import Price, Standard, price_on
from compliance.shares import Share


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter's value in a pack, or where and when somebody has overridden it."""

    value: Any
    override: Overridable = Overridable()
    adjustment: Adjustment | None = None

    def as_json(self) -> dict[str, Any]:
        return {"value": _plain(self.value), "override": self.override.as_json()}


def _plain(value: Any) -> Any:
    match value:
        case frozenset():
            return sorted(value)
        case Share():
            return str(value)
        case tuple():
            return [_plain(one) for one in value]
        case Standard():
            return {"from": value.since.isoformat(), "yuan": str(value.yuan)}
    return value


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule as one clause of one pack applies it, and the overrides of its parameters."""

    rule: str
    pack: str
    clause: str
    inferred: bool
    severity: Severity
    settings: Mapping[str, Setting]
    overrides: tuple[OverrideFacts, ...] = ()

    @property
    def failure(self) -> Status:
        """A clause that we inferred, or that only says 原则上, is never broken outright."""
        if self.inferred or self.severity is Severity.WARNING:
            return Status.WATCH
        return Status.NOT_MET

    def knowing(self, overrides: Iterable[OverrideFacts]) -> "Binding":
        """The same, with the overrides of its rule; those of deeper areas come later."""
        own = tuple(
            one for one in overrides if one.rule == self.rule and one.parameter in self.settings
        )
        return replace(self, overrides=own) if own else self

    def at(self, place: str, on: date) -> "Binding":
        """As it applies to a place on a day: of several overrides the deepest area's holds."""
        found = {one.parameter: one for one in self.overrides if one.applies(place, on)}
        if not found:
            return self
        settings = {
            name: replace(self.settings[name], value=one.value, adjustment=one.adjustment)
            for name, one in found.items()
        }
        return replace(self, settings={**self.settings, **settings})

    def share(self, name: str) -> Share:
        return cast(Share, self.settings[name].value)

    def count(self, name: str) -> int:
        return cast(int, self.settings[name].value)

    def flag(self, name: str) -> bool:
        return cast(bool, self.settings[name].value)

    def choices(self, name: str) -> frozenset[str]:
        return cast(frozenset[str], self.settings[name].value)

    def price(self, name: str, on: date) -> Decimal | None:
        """The amount in force on the day."""
        return price_on(cast(Price, self.settings[name].value), on)

    def finding(
        self, subject: Subject, status: Status, evidence: tuple[Evidence, ...] = (), **rest: Any
    ) -> Finding:
        """A verdict under this clause; it names the overrides that it rests on."""
        settings = (setting for _name, setting in sorted(self.settings.items()))
        return Finding(
            rule=self.rule,
            pack=self.pack,
            clause=self.clause,
            inferred=self.inferred,
            subject=subject,
            status=status,
            evidence=evidence,
            adjustments=tuple(one.adjustment for one in settings if one.adjustment),
            **rest,
        )

    def parameters_as_json(self) -> dict[str, Any]:
        """The parameters as they were used, to be kept beside the findings."""
        used = {name: setting.as_json() for name, setting in sorted(self.settings.items())}
        for one in self.overrides:
            used[one.parameter].setdefault("overrides", []).append(one.as_json())
        return used
