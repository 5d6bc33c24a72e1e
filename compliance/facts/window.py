"""Which rows a day asks for: those of the day, and of the year before it."""

from datetime import date, timedelta

from django.db.models import Q

# The last day of the project year before is no further back.
LOOK_BACK = timedelta(days=366)


def contains(on: date, first: str, last: str) -> Q:
    """Rows whose dates contain the day; both inclusive, the last open where null."""
    return overlaps(on, on, first, last)


def lately(on: date, first: str, last: str) -> Q:
    """Rows that were there on the day or in the year before it."""
    return overlaps(on - LOOK_BACK, on, first, last)


def overlaps(since: date, until: date, first: str, last: str) -> Q:
    """Rows whose dates share a day with these."""
    ended = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": since})
    return Q(**{f"{first}__lte": until}) & ended
