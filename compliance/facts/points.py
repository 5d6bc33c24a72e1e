"""Points of stations, and whether what they cover lay in their station's street."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.facts.descent import ROW, Descent, Version
from compliance.rules.shapes import CommunityFacts, PointFacts
from stations.models import Point, PointCommunity
from tenancy.models import Area


class Points:
    """The points of stations; `streets` are the rows of the streets where those sat on the day."""

    def __init__(self, streets: Mapping[int, Version], on: date, descent: Descent) -> None:
        rows = Point.objects.filter(station__id__among=streets).order_by("code")
        found = list(rows.values_list("pk", "station_id", "code", "name", "opened_on", "closed_on"))
        self.codes = {key: code for key, _station, code, *_rest in found}
        coverage = _coverage(self.codes, descent)
        inside = {key: _paths(descent, street) for key, street in streets.items()}
        self._by_station: dict[int, list[PointFacts]] = defaultdict(list)
        for key, station, *facts in found:
            covered = _covered(coverage[key], inside[station])
            self._by_station[station].append(PointFacts(*(*facts, covered)))

    def of(self, station: int) -> tuple[PointFacts, ...]:
        return tuple(self._by_station[station])


def _coverage(
    points: Iterable[int], descent: Descent
) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    """By point: the code of each community and the paths it had on the day."""
    rows = PointCommunity.objects.filter(point__id__among=points)
    pairs = list(rows.values_list("point_id", "community_id"))
    areas = Area.objects.filter(id__among={community for _point, community in pairs})
    communities = {
        key: (code, _paths(descent, Version(key, *row)))
        for code, key, *row in areas.values_list("code", *ROW)
    }
    found = defaultdict(list)
    for point, community in pairs:
        found[point].append(communities[community])
    return found


def _paths(descent: Descent, version: Version) -> tuple[str, ...]:
    return tuple(one.path for one in descent.as_of_day(version))


def _covered(
    communities: Iterable[tuple[str, tuple[str, ...]]], streets: tuple[str, ...]
) -> tuple[CommunityFacts, ...]:
    return tuple(
        CommunityFacts(code, any(path.startswith(streets) for path in paths))
        for code, paths in sorted(communities)
    )
