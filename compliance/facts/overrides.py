"""Overrides of parameters that may concern a scope."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from compliance.facts.descent import Descent, Version
from compliance.models import Override
from compliance.rules import RULES
from compliance.rules.bindings import Binding
from compliance.rules.overrides import OverrideFacts
from compliance.rules.parameters import NotAValue
from tenancy.models import Area

COLUMNS = (
    *("rule", "parameter", "value", "area__code", "area__name"),
    *("valid_from", "valid_to", "instrument"),
)


def overrides(places: Sequence[str], on: date, descent: Descent) -> tuple[OverrideFacts, ...]:
    """All that had begun by the day and reach one of the places, from the widest area down."""
    rows = Override.objects.filter(valid_from__lte=on)
    versions = [f"area__{name}" for name in ("pk", "path", "valid_from", "valid_to")]
    found: list[OverrideFacts] = []
    for values in rows.values_list(*COLUMNS, *versions):
        version = Version(*values[len(COLUMNS) :])
        paths = tuple(sorted(one.path for one in descent.as_of_day(version)))
        if any(place.startswith(paths) for place in places):
            found += _facts(paths, *values[: len(COLUMNS)])
    return tuple(sorted(found, key=lambda one: (len(one.paths[0]), one.paths, one.valid_from)))


def _facts(paths: tuple[str, ...], rule: str, parameter: str, *rest: Any) -> list[OverrideFacts]:
    """None where the rule does not ask for such a value any more: rows outlive rules."""
    known = RULES[rule].parameter(parameter) if rule in RULES else None
    text, area, name, valid_from, valid_to, instrument = rest
    try:
        value = known.read_text(text) if known else None
    except NotAValue:
        value = None
    if value is None:
        return []
    days = valid_from, valid_to
    return [OverrideFacts(rule, parameter, value, text, area, name, paths, *days, instrument)]


def bindings_at(area: Area, bindings: Iterable[Binding], on: date) -> list[Binding]:
    """Those of a pack as they apply to the area on the day."""
    found = overrides([area.path], on, Descent(on))
    return [one.knowing(found).at(area.path, on) for one in bindings]


def in_force_above(area: Area, on: date) -> tuple[OverrideFacts, ...]:
    """Those of wider areas that hold for the area on the day."""
    found = overrides([area.path], on, Descent(on))
    return tuple(one for one in found if area.path not in one.paths)
