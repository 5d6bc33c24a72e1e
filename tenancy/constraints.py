"""Constraints that several models share, under names that read as sentences."""

from django.db.models import CheckConstraint, F, Q


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
