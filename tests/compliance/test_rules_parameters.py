from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from compliance.rules.parameters import Parameter, ParameterKind, Standard
from compliance.shares import Share

DAY = date(2024, 3, 1)
PRICE = (Standard(date(2023, 4, 7), Decimal("120000.00")), Standard(DAY, Decimal("130000.00")))


@pytest.mark.parametrize(
    ("kind", "value", "on", "size"),
    [
        (ParameterKind.SHARE, Share(2, 3), DAY, Fraction(2, 3)),
        (ParameterKind.COUNT, 30, DAY, Fraction(30)),
        (ParameterKind.PRICE, PRICE, date(2024, 2, 29), Fraction(120_000)),
        (ParameterKind.PRICE, PRICE, DAY, Fraction(130_000)),
        (ParameterKind.PRICE, PRICE, date(2023, 4, 6), None),
        (ParameterKind.CHOICES, frozenset({"sub_district"}), DAY, None),
    ],
)
def test_values_are_compared_by_their_size_on_the_day(kind, value, on, size):
    assert Parameter("any", kind).size(value, on) == size
