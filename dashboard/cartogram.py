"""The districts of a place as equal tiles in rough position, each with its status in words."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from compliance.summary import Summary
from dashboard.days import Day
from dashboard.standings import status_of, word_of
from tenancy.models import Area
from tenancy.templatetags.look import STATUSES

COLUMNS = 4
LEVELS = (Area.Level.CITY, Area.Level.DISTRICT)
MOST = 40
Position = tuple[int, int]


@dataclass(frozen=True)
class Tile:
    """A district: how it stands, and how many verdicts somebody has to look at."""

    name: str
    url: str
    tone: str
    word: str
    problems: int | None


def cartogram(
    area: Area, children: Sequence[Area], figures: Mapping[int, Summary], day: Day
) -> list[Tile | None] | None:
    """The tiles row by row, None for an empty place; nothing where there are no districts."""
    districts = [child for child in children if child.level in LEVELS]
    if not 2 <= len(districts) <= MOST:
        return None
    drawn = {one.code: _tile(one, figures.get(one.pk), day) for one in districts}
    known = positions().get(area.code, {})
    if not drawn.keys() <= known.keys():
        return list(drawn.values())
    at = {known[code]: tile for code, tile in drawn.items()}
    rows = 1 + max(row for _column, row in at)
    return [at.get((column, row)) for row in range(rows) for column in range(COLUMNS)]


def _tile(district: Area, figures: Summary | None, day: Day) -> Tile:
    status = status_of(figures)
    return Tile(
        name=district.name,
        url=day.keep(district.get_absolute_url()),
        tone=STATUSES[status].tone,
        word=word_of(status),
        problems=figures.problems if figures else None,
    )


@cache
def positions() -> dict[str, dict[str, Position]]:
    """Column and row by the code of a district, by the code of the area above."""
    read = tomllib.loads(Path(__file__).with_name("positions.toml").read_text("utf-8"))
    return {
        above: {code: (column, row) for code, (column, row) in below.items()}
        for above, below in read.items()
    }
