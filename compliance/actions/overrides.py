"""Overrides: an authority changes a parameter of a rule for its area, by an instrument."""

from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.actions.documents import put
from compliance.facts.overrides import in_force_above
from compliance.models import Override
from compliance.packs import load_pack
from compliance.rules import RULES
from compliance.rules.bindings import Binding
from compliance.rules.overrides import Direction
from compliance.rules.parameters import NotAValue, Parameter, Value
from tenancy import audit
from tenancy.models import Area, User


class UnknownParameter(Exception):
    """The tenant's pack binds no such rule, or the rule asks for no such parameter."""


class NotOverridable(Exception):
    """The pack lets nobody change the parameter."""


class NotThisLevel(Exception):
    """The pack lets others change the parameter, but not the authority of this area."""


class UnreadableValue(Exception):
    """What was given is no value of the parameter."""

    def __init__(self, parameter: Parameter, value: str) -> None:
        super().__init__(parameter.name, value)
        self.parameter = parameter


class WrongDirection(Exception):
    """The value may only be changed the other way; it must differ from what holds without it."""

    def __init__(self, direction: Direction, value: str) -> None:
        super().__init__(direction, value)
        self.direction = direction


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


class AlreadyOverridden(Exception):
    """The area overrides the parameter on one of these days already."""


class AlreadyEnded(Exception):
    """Somebody has ended the override before."""


class OutsideItsTerm(Exception):
    """The last day is none of the days on which the override holds."""


class Stated(TypedDict):
    """What an override says."""

    rule: str
    parameter: str
    value: str
    valid_from: date
    valid_to: date | None
    instrument: str


@transaction.atomic
def override_parameter(
    *, area: Area, document: "File[bytes]", by: User, **stated: Unpack[Stated]
) -> Override:
    """Have another value hold at the area and below it, as far as the tenant's pack allows."""
    override = Override(area=area, made_by=by, made_at=timezone.now(), **stated)
    _check(override)
    put(override.document, document)
    try:
        with transaction.atomic():
            override.save()
    except IntegrityError as error:
        if "an_area_overrides_a_parameter_once_a_day" not in str(error):
            raise
        raise AlreadyOverridden(stated["rule"], stated["parameter"]) from error
    _record("override-parameter", override, by)
    return override


def _check(override: Override) -> None:
    if override.valid_to and override.valid_to < override.valid_from:
        raise EndsBeforeItBegins(override.valid_to)
    binding, parameter = _bound(override)
    direction = _direction(override, binding)
    try:
        value = parameter.read_text(override.value)
    except NotAValue as error:
        raise UnreadableValue(parameter, override.value) from error
    if not _goes(direction, value, parameter, override, binding):
        raise WrongDirection(direction, override.value)


def _bound(override: Override) -> tuple[Binding, Parameter]:
    pack = load_pack(override.area.tenant.pack)
    binding = next((one for one in pack.bindings if one.rule == override.rule), None)
    parameter = RULES[override.rule].parameter(override.parameter) if binding else None
    if binding is None or parameter is None:
        raise UnknownParameter(override.rule, override.parameter)
    return binding, parameter


def _direction(override: Override, binding: Binding) -> Direction:
    """Which way the pack lets the authority of this area go."""
    allowed = binding.settings[override.parameter].override
    if allowed.city is allowed.district is Direction.NONE:
        raise NotOverridable(override.rule, override.parameter)
    area = override.area
    direction = allowed.city if area.parent_id is None else allowed.district
    if direction is Direction.NONE or area.level in (Area.Level.COMMUNITY, Area.Level.STATION):
        raise NotThisLevel(override.rule, override.parameter)
    return direction


def _goes(
    direction: Direction, value: Value, parameter: Parameter, override: Override, binding: Binding
) -> bool:
    """Whether the value lies that way from what would hold there without it."""
    if direction is Direction.ANY:
        return True
    on, path = override.valid_from, override.area.path
    present = binding.knowing(in_force_above(override.area, on)).at(path, on)
    now = parameter.size(present.settings[parameter.name].value, on)
    new = parameter.size(value, on)
    if now is None or new is None:
        return False
    return new > now if direction is Direction.UP else new < now


@transaction.atomic
def end_override(*, override: Override, last_day: date, by: User) -> None:
    """Have the override hold until a day, which is one of its own."""
    row = Override.objects.select_for_update().get(pk=override.pk)
    if row.ended_at:
        raise AlreadyEnded(row.pk)
    if not row.valid_from <= last_day <= (row.valid_to or date.max):
        raise OutsideItsTerm(last_day)
    row.valid_to, row.ended_by, row.ended_at = last_day, by, timezone.now()
    row.save(update_fields=["valid_to", "ended_by", "ended_at"])
    _record("end-override", row, by)


def _record(verb: str, override: Override, by: User) -> None:
    detail = {
        "rule": override.rule,
        "parameter": override.parameter,
        "value": override.value,
        "valid_from": override.valid_from.isoformat(),
        "valid_to": override.valid_to.isoformat() if override.valid_to else None,
        "instrument": override.instrument,
    }
    audit.record(verb=verb, by=by, target=override, place=override.area.path, detail=detail)
