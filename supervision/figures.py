"""Who supervises at stations, and how many of their people have a supervisor."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from staffing.figures import people_on_post
from stations.figures import as_of
from stations.figures.ledgers import or_zero
from supervision.models import Assignment
from tenancy.periods import Period

Values = dict[int, Decimal]
People = Mapping[int, set[int]]


def supervisors(stations: Sequence[int], month: Period) -> Values:
    """Supervisors assigned to the station or to one of its people on post."""
    on = as_of(month)
    people = people_on_post(stations, on)
    to_stations, to_people = _assigned(stations, people, on)
    return _heads(
        stations,
        {key: to_stations[key].union(*(to_people[one] for one in people[key])) for key in stations},
    )


def supervised(stations: Sequence[int], month: Period) -> Values:
    """People on post who have a supervisor of their own, or whose station has one."""
    on = as_of(month)
    people = people_on_post(stations, on)
    to_stations, to_people = _assigned(stations, people, on)
    return _heads(
        stations,
        {
            key: {one for one in people[key] if to_stations[key] or to_people[one]}
            for key in stations
        },
    )


def _assigned(
    stations: Sequence[int], people: People, on: date
) -> tuple[defaultdict[int, set[int]], defaultdict[int, set[int]]]:
    """Supervisors by station and by person: of assignments in force, of supervisors still there."""
    targets = Q(station__in=stations) | Q(worker__in=set().union(*people.values()))
    rows = Assignment.objects.running(on).filter(targets)
    to_stations: defaultdict[int, set[int]] = defaultdict(set)
    to_people: defaultdict[int, set[int]] = defaultdict(set)
    for supervisor, station, worker in rows.values_list("supervisor_id", "station_id", "worker_id"):
        if station is None:
            to_people[worker].add(supervisor)
        else:
            to_stations[station].add(supervisor)
    return to_stations, to_people


def _heads(stations: Sequence[int], people: People) -> Values:
    return or_zero(stations, {key: len(found) for key, found in people.items()})
