"""How many of a month's records are filed, on time, returned and accepted.

A step of one record moves these counts by one in every place above it: one statement.
"""

from typing import NamedTuple

from django.db import connection

from filings.models import MonthlyRecord
from filings.totals.locking import key_of
from tenancy.locks import LOCK


class Standing(NamedTuple):
    """What one record adds to the counts of its places."""

    filed: int = 0
    on_time: int = 0
    returned: int = 0
    accepted: int = 0


def standing_of(record: MonthlyRecord) -> Standing:
    return Standing(
        filed=int(record.submitted_at is not None),
        on_time=int(record.was_on_time),
        returned=int(record.returned_at is not None),
        accepted=int(record.accepted_at is not None),
    )


MOVE = """
UPDATE filings_areamonth AS total
SET filed = total.filed + %s, on_time = total.on_time + %s,
    returned = total.returned + %s, accepted = total.accepted + %s
FROM tenancy_area AS place
WHERE place.id = total.area_id AND place.path = ANY(%s) AND total.month = %s
"""


def count(record: MonthlyRecord, before: Standing) -> None:
    """Carry a record's step into the counts; its numbers are not touched."""
    now = standing_of(record)
    move = [after - former for after, former in zip(now, before, strict=True)]
    if not any(move):
        return
    places = _places(record)
    with connection.cursor() as cursor:  # in one round trip: others wait for the lock meanwhile
        cursor.execute(f"{LOCK} {MOVE}", [*key_of(record.month), *move, places, record.month])


def _places(record: MonthlyRecord) -> list[str]:
    """The street of the month and all above it, asked for only where the station has moved."""
    leaf = record.station.area
    if leaf.parent_id == record.street_id:
        return above(leaf.path)[:-1]
    return above(record.street.path)


def above(path: str) -> list[str]:
    """The paths of a place and of all above it."""
    slugs = path.rstrip("/").split("/")
    return ["/".join(slugs[: depth + 1]) + "/" for depth in range(len(slugs))]
