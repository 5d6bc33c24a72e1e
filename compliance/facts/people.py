"""Purchased social workers on post on a day; those of a suspended station still count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.rules.shapes import (
    CertificateFacts,
    CertificateLevel,
    PersonFacts,
    Verification,
)
from staffing.models import Certificate, Placement, Worker
from stations.models import Post


@dataclass(frozen=True, slots=True)
class Team:
    """Who works in a project, and who may or may not: nobody has said in which of two."""

    members: dict[str, PersonFacts] = field(default_factory=dict)
    unassigned: set[str] = field(default_factory=set)

    def facts(self) -> tuple[PersonFacts, ...]:
        return tuple(self.members[code] for code in sorted(self.members))


def teams(projects: Mapping[int, list[str]], on: date) -> dict[str, Team]:
    """The team of each project, from the numbers of the projects in force by station."""
    stations = dict(
        Post.objects.filter(station__id__among=projects)
        .existing(on)
        .values_list("pk", "station_id")
    )
    placements = _placements(stations, on)
    people = _people({worker for worker, *_ in placements}, on)
    found: dict[str, Team] = defaultdict(Team)
    for worker, post, project in placements:
        if worker in people:
            _assign(people[worker], project, projects[stations[post]], found)
    return found


def _assign(person: PersonFacts, project: str, numbers: list[str], found: dict[str, Team]) -> None:
    """A placement counts where it says; silent, it counts for the station's only project."""
    if project in numbers:
        found[project].members[person.code] = person
    elif not project and len(numbers) == 1:
        found[numbers[0]].members[person.code] = person
    elif not project:
        for number in numbers:
            found[number].unassigned.add(person.code)


def _placements(posts: Iterable[int], on: date) -> list[tuple[int, int, str]]:
    rows = Placement.objects.filter(_contains(on, "starts_on", "ends_on"), post__id__among=posts)
    return list(rows.values_list("worker_id", "post_id", "project_code"))


def _people(keys: Iterable[int], on: date) -> dict[int, PersonFacts]:
    rows = Worker.objects.filter(
        _contains(on, "hired_on", "left_on"),
        id__among=keys,
        is_social_worker=True,
        channel=Worker.Channel.PURCHASED,
    )
    codes = dict(rows.values_list("pk", "code"))
    certificates = _certificates(codes)
    return {key: PersonFacts(code, tuple(certificates[key])) for key, code in codes.items()}


def _certificates(workers: Iterable[int]) -> dict[int, list[CertificateFacts]]:
    found = defaultdict(list)
    rows = Certificate.objects.filter(worker__id__among=workers).order_by("level")
    for worker, level, verification, *dates in rows.values_list(
        "worker_id", "level", "verification", "obtained_on", "registered_until"
    ):
        facts = CertificateFacts(CertificateLevel(level), Verification(verification), *dates)
        found[worker].append(facts)
    return found


def _contains(on: date, first: str, last: str) -> Q:
    """Both dates inclusive, the last open where null."""
    return Q(**{f"{first}__lte": on}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on}))
