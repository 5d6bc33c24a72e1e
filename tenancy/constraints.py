"""Constraints that several models share, under names that read as sentences."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import CheckConstraint, Deferrable, F, Func, Q, Value


def not_before(end: str, start: str, *, name: str) -> CheckConstraint:
    """`end` is empty or not before `start`."""
    return CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}), name=name
    )


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Who and when stand together or not at all."""
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return CheckConstraint(condition=both | neither, name=name)


def no_overlap(
    *same: str, start: str, end: str, name: str, deferrable: Deferrable | None = None
) -> ExclusionConstraint:
    """Rows alike in `same` never share a day; both dates inclusive, open where null.

    Where one statement moves both ends of neighbours, `Deferrable.IMMEDIATE` looks at its end.
    """
    days = Func(F(start), F(end), Value("[]"), function="daterange", output_field=DateRangeField())
    equal = [(field, RangeOperators.EQUAL) for field in ("tenant", *same)]
    return ExclusionConstraint(
        name=name,
        expressions=[*equal, (days, RangeOperators.OVERLAPS)],
        deferrable=deferrable,
    )
