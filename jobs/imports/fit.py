"""A column within the limits of its model's field, so that the database never has to refuse."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from jobs.ledgers import Ledger
from jobs.workbook.columns import Column, Kind
from tenancy.models import Organisation


def model_field(ledger: Ledger, name: str) -> Any:
    """The model's field of that name; None for a property."""
    try:
        return ledger.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def is_relation(ledger: Ledger, name: str) -> bool:
    """Whether the field holds a row (a property is taken to)."""
    found = model_field(ledger, name)
    return found is None or bool(found.is_relation)


def fitted(ledger: Ledger, column: Column) -> Column:
    """The column with the tighter of its own limits and the field's."""
    field = model_field(ledger, column.field)
    if column.kind is Kind.ORGANISATION:
        field = Organisation._meta.get_field("name")
    if not isinstance(field, models.Field) or field.is_relation:
        return column
    low, high = _range(field)
    return replace(
        column,
        max_length=min(column.max_length, field.max_length or column.max_length),
        minimum=_tighter(max, column.minimum, low),
        maximum=_tighter(min, column.maximum, high),
    )


def _range(field: Any) -> tuple[int | None, int | None]:
    if isinstance(field, models.DecimalField):
        most = 10 ** (int(field.max_digits or 0) - int(field.decimal_places or 0)) - 1
        return None, most
    if not isinstance(field, models.IntegerField):
        return None, None
    return _limit(field, MinValueValidator), _limit(field, MaxValueValidator)


def _limit(field: Any, kind: type[Any]) -> int | None:
    found = [rule.limit_value for rule in field.validators if isinstance(rule, kind)]
    return int(found[0]) if found else None


def _tighter(choose: Any, one: int | None, other: int | None) -> int | None:
    known = [limit for limit in (one, other) if limit is not None]
    return choose(known) if known else None


def empty_value(ledger: Ledger, column: Column) -> Any:
    """What an empty cell sets."""
    if column.default is not None:
        return column.default
    field = model_field(ledger, column.field)
    if not isinstance(field, models.Field) or field.is_relation:
        return None
    if field.has_default():
        return field.get_default()
    return "" if field.empty_strings_allowed and not field.null else None
