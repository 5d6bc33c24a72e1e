"""Posts of stations: those of the day as facts, those of the year before for who worked on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.facts.window import lately
from compliance.rules.shapes import PostFacts, PostKind
from stations.models import Post

KINDS = {kind.value: kind for kind in PostKind}


class Posts:
    """`days` holds the station of each post and when it existed, by key."""

    def __init__(self, stations: Iterable[int], on: date, points: Mapping[int, str]) -> None:
        rows = Post.objects.filter(
            lately(on, "set_on", "abolished_on"), station__id__among=stations
        ).order_by("code")
        self.days: dict[int, tuple[int, tuple[date, date | None]]] = {}
        self._by_station: dict[int, list[PostFacts]] = defaultdict(list)
        for key, station, code, title, kind, set_on, abolished_on, point in rows.values_list(
            *("pk", "station_id", "code", "title", "kind", "set_on", "abolished_on", "point_id")
        ):
            self.days[key] = (station, (set_on, abolished_on))
            site = points[point] if point else ""
            facts = PostFacts(code, title or code, KINDS[kind], set_on, abolished_on, site)
            if facts.exists(on):
                self._by_station[station].append(facts)

    def of(self, station: int) -> tuple[PostFacts, ...]:
        return tuple(self._by_station[station])
