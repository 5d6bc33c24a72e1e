"""How a pack binds a rule to a clause: severity, parameters, and who may override them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from compliance.findings import Evidence, Finding, Status, Subject
from compliance.shares import Share


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Override(StrEnum):
    """In which direction a lower authority may change a parameter."""

    UP = "up"
    DOWN = "down"
    ANY = "any"
    NONE = "none"


class ParameterKind(StrEnum):
    SHARE = "share"
    COUNT = "count"
    FLAG = "flag"
    CHOICES = "choices"

    @property
    def is_ordered(self) -> bool:
        """Whether it can be raised and lowered."""
        return self in (ParameterKind.SHARE, ParameterKind.COUNT)


class NotAValue(Exception):
    """What the pack gives is no value of this parameter."""


Value = Share | int | frozenset[str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a rule asks a pack for."""

    name: str
    kind: ParameterKind
    choices: frozenset[str] = frozenset()

    def read(self, raw: object) -> Value:
        """The value as rules use it."""
        return _READERS[self.kind](raw, self.choices)


def _read_share(raw: object, _choices: frozenset[str]) -> Share:
    try:
        share = Share.parse(raw) if isinstance(raw, str) else None
    except ValueError:
        share = None
    if share is None or not 0 <= share.num <= share.den or share.den == 0:
        raise NotAValue(raw)
    return share


def _read_count(raw: object, _choices: frozenset[str]) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise NotAValue(raw)
    return raw


def _read_flag(raw: object, _choices: frozenset[str]) -> bool:
    if not isinstance(raw, bool):
        raise NotAValue(raw)
    return raw


def _read_choices(raw: object, choices: frozenset[str]) -> frozenset[str]:
    if not isinstance(raw, list) or not raw or not all(isinstance(name, str) for name in raw):
        raise NotAValue(raw)
    if not choices.issuperset(raw):
        raise NotAValue(raw)
    return frozenset(raw)


_READERS: dict[ParameterKind, Callable[[object, frozenset[str]], Value]] = {
    ParameterKind.SHARE: _read_share,
    ParameterKind.COUNT: _read_count,
    ParameterKind.FLAG: _read_flag,
    ParameterKind.CHOICES: _read_choices,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter's value in a pack."""

    value: Any
    override: Override = Override.NONE

    def as_json(self) -> dict[str, Any]:
        value = sorted(self.value) if isinstance(self.value, frozenset) else self.value
        value = str(value) if isinstance(value, Share) else value
        return {"value": value, "override": self.override.value}


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule as one clause of one pack applies it."""

    rule: str
    pack: str
    clause: str
    inferred: bool
    severity: Severity
    settings: Mapping[str, Setting]

    @property
    def failure(self) -> Status:
        """A clause that we inferred, or that only says 原则上, is never broken outright."""
        if self.inferred or self.severity is Severity.WARNING:
            return Status.WATCH
        return Status.NOT_MET

    def share(self, name: str) -> Share:
        value: Share = self.settings[name].value
        return value

    def count(self, name: str) -> int:
        value: int = self.settings[name].value
        return value

    def flag(self, name: str) -> bool:
        value: bool = self.settings[name].value
        return value

    def choices(self, name: str) -> frozenset[str]:
        value: frozenset[str] = self.settings[name].value
        return value

    def finding(
        self, subject: Subject, status: Status, evidence: tuple[Evidence, ...] = (), **rest: Any
    ) -> Finding:
        """A verdict under this clause."""
        return Finding(
            rule=self.rule,
            pack=self.pack,
            clause=self.clause,
            inferred=self.inferred,
            subject=subject,
            status=status,
            evidence=evidence,
            **rest,
        )

    def parameters_as_json(self) -> dict[str, Any]:
        """The parameters as they were used, to be kept beside the findings."""
        return {name: setting.as_json() for name, setting in sorted(self.settings.items())}
