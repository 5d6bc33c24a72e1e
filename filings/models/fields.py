"""Figures by indicator code: exact in Python, numbers or texts of numbers in the database."""

import json
from decimal import Decimal
from typing import Any

from django.db import models

Figures = dict[str, Decimal | None]


class FiguresField(models.JSONField):
    """A jsonb object of numbers: `Decimal` or None (left blank on purpose) by code.

    Whole numbers are stored as numbers, others as texts, so that none becomes a float on its way.
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        stored = json.loads(value, parse_float=Decimal, parse_int=Decimal)
        return {code: _number(one) for code, one in stored.items()}

    def get_prep_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return super().get_prep_value(value)
        return super().get_prep_value(plain(value))


def _number(stored: Any) -> Decimal | None:
    return None if stored is None else Decimal(stored)


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds them; the same figures always give the same text."""
    return {code: _plain(value) for code, value in figures.items()}


def _plain(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
