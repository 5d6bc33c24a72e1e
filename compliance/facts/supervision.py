"""Who supervises whom on a day, and where the scope's people work besides."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.facts.window import contains
from compliance.rules.shapes import (
    AssignmentFacts,
    CentreFacts,
    Elsewhere,
    SupervisionFacts,
    SupervisorFacts,
    SupervisorNature,
)
from staffing.models import Placement
from stations.models import Post, Station
from supervision.models import Assignment, SupervisionCentre, Supervisor

Codes = Mapping[int, str]


def supervision(
    stations: Codes, posts: Iterable[int], people: Codes, on: date, *, is_root: bool
) -> SupervisionFacts:
    """Of these stations and people; nobody works outside of the root."""
    outside = {} if is_root else _outside(people, set(posts), on)
    codes = dict(stations) | _codes({station for _worker, station in outside})
    supervisors = _supervisors(on)
    return SupervisionFacts(
        centres=_centres(on),
        supervisors=tuple(sorted(supervisors.values(), key=lambda one: one.code)),
        assignments=_assignments(codes, people, supervisors, on),
        elsewhere=tuple(
            sorted(
                {Elsewhere(people[worker], codes[station]) for worker, station in outside},
                key=lambda one: (one.worker, one.station),
            )
        ),
    )


def _outside(people: Codes, posts: set[int], on: date) -> set[tuple[int, int]]:
    """Worker and station of placements on other posts that existed on the day."""
    rows = Placement.objects.filter(contains(on, "starts_on", "ends_on"), worker__id__among=people)
    held = [pair for pair in rows.values_list("worker_id", "post_id") if pair[1] not in posts]
    if not held:
        return set()
    existing = Post.objects.filter(id__among={post for _worker, post in held}).existing(on)
    stations = dict(existing.values_list("pk", "station_id"))
    return {(worker, stations[post]) for worker, post in held if post in stations}


def _codes(stations: set[int]) -> dict[int, str]:
    if not stations:
        return {}
    return dict(Station.objects.filter(id__among=stations).values_list("pk", "code"))


def _centres(on: date) -> tuple[CentreFacts, ...]:
    rows = SupervisionCentre.objects.in_force(on).order_by("name")
    return tuple(CentreFacts(*row) for row in rows.values_list("name", "starts_on", "ends_on"))


def _supervisors(on: date) -> dict[int, SupervisorFacts]:
    rows = Supervisor.objects.filter(contains(on, "starts_on", "ends_on"))
    return {
        key: SupervisorFacts(code, SupervisorNature(nature), starts_on, ends_on, centre or "")
        for key, code, nature, starts_on, ends_on, centre in rows.values_list(
            "pk", "code", "nature", "starts_on", "ends_on", "centre__name"
        )
    }


def _assignments(
    stations: Codes, people: Codes, supervisors: Mapping[int, SupervisorFacts], on: date
) -> tuple[AssignmentFacts, ...]:
    """Those in force on the day, of supervisors who are there on the day."""
    rows = Assignment.objects.filter(
        contains(on, "starts_on", "ends_on"),
        Q(station__id__among=stations) | Q(worker__id__among=people),
    )
    found = [
        AssignmentFacts(
            supervisors[key].code, first, last, stations.get(station, ""), people.get(worker, "")
        )
        for key, station, worker, first, last in rows.values_list(
            "supervisor_id", "station_id", "worker_id", "starts_on", "ends_on"
        )
        if key in supervisors
    ]
    return tuple(sorted(found, key=lambda one: (one.supervisor, one.station, one.worker)))
