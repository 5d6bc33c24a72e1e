"""The parameters of the tenant's pack as a page shows them: what holds, and who may change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from compliance.lines import PARAMETERS, value_in_words
from compliance.models import Override
from compliance.packs import Pack
from compliance.rules.bindings import Binding
from compliance.rules.overrides import Direction
from compliance.wording import TITLES
from tenancy.models import Area, User

DIRECTIONS = {
    Direction.UP: gettext_lazy("只可调高"),
    Direction.DOWN: gettext_lazy("只可调低"),
    Direction.ANY: gettext_lazy("可以调整"),
    Direction.NONE: gettext_lazy("不可调整"),
}


@dataclass(frozen=True)
class ParameterRow:
    """A parameter of a rule, its value in the pack and the overrides within reach."""

    rule: str
    title: str
    name: str
    value: str
    city: str
    district: str
    overrides: list[Override]


def parameter_rows(user: User, pack: Pack) -> list[ParameterRow]:
    """All parameters that somebody may change or has changed, by rule."""
    made: dict[tuple[str, str], list[Override]] = {}
    rows: Any = Override.objects.visible_to(user).select_related("area", "made_by")
    for override in rows.order_by("area__path", "-valid_from"):
        made.setdefault((override.rule, override.parameter), []).append(override)
    return [
        row
        for binding in sorted(pack.bindings, key=lambda binding: binding.rule)
        for row in _rows(binding, made)
    ]


def _rows(binding: Binding, made: dict[tuple[str, str], list[Override]]) -> Iterable[ParameterRow]:
    for name, setting in binding.settings.items():
        yield ParameterRow(
            rule=binding.rule,
            title=str(TITLES[binding.rule]),
            name=str(PARAMETERS.get(name, name)),
            value=value_in_words(setting.as_json()["value"]),
            city=str(DIRECTIONS[setting.override.city]),
            district=str(DIRECTIONS[setting.override.district]),
            overrides=made.get((binding.rule, name), []),
        )


def changeable_at(area: Area, pack: Pack) -> list[tuple[str, str]]:
    """(`rule parameter`, words) of what the authority of the area may change."""
    return [
        (f"{binding.rule} {name}", f"{TITLES[binding.rule]}（{binding.rule}）· {PARAMETERS[name]}")
        for binding in sorted(pack.bindings, key=lambda binding: binding.rule)
        for name, setting in binding.settings.items()
        if _direction(setting.override, area) is not Direction.NONE
    ]


def _direction(override: Any, area: Area) -> Direction:
    found: Direction = override.city if area.parent_id is None else override.district
    return found


def is_running(override: Override, on: date) -> bool:
    """Whether the override holds on the day or will."""
    return override.valid_to is None or override.valid_to >= on
