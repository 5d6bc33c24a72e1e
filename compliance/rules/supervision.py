"""SUP-01, SUP-02: the city has a supervision centre, and everybody on post is supervised.

《广州市社工服务站管理办法》，据报道（SEED）：市民政局建立督导协调机制，委托第三方组建督导中心，配备管理人员
和专职督导，对站（点）社工开展恒常督导。
"""

from collections import Counter
from datetime import date

from compliance.findings import Evidence, Finding, Reason, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.shapes import (
    Facts,
    PersonFacts,
    SupervisionFacts,
    SupervisorFacts,
    SupervisorNature,
)

CONDITIONS = 3


def the_city_has_a_centre(facts: Facts, binding: Binding) -> list[Finding]:
    """SUP-01: a centre under contract, at least one manager and one full-time supervisor."""
    subject = Subject(SubjectKind.AREA, facts.scope.code, facts.scope.name)
    if not facts.is_root:
        return [
            binding.finding(
                subject, Status.NOT_APPLICABLE, required=CONDITIONS, reason=Reason.NOT_ROOT
            )
        ]
    there = _there(facts.supervision, facts.on)
    fulfilled = sum(number > 0 for number in there.values())
    status = Status.MET if fulfilled == CONDITIONS else binding.failure
    return [
        binding.finding(
            subject, status, measured=fulfilled, required=CONDITIONS, details=dict(there)
        )
    ]


def _there(supervision: SupervisionFacts, on: date) -> dict[str, int]:
    """Centres in force, and how many managers and full-time supervisors are there."""
    centres = {centre.name for centre in supervision.centres if centre.in_force(on)}
    natures = Counter(one.nature for one in supervision.supervisors if _counts(one, centres, on))
    return {
        "centres": len(centres),
        "managers": natures[SupervisorNature.MANAGER],
        "full_time": natures[SupervisorNature.FULL_TIME],
    }


def _counts(supervisor: SupervisorFacts, centres: set[str], on: date) -> bool:
    """Who belongs to a centre counts while its contract is in force."""
    return supervisor.active(on) and (not supervisor.centre or supervisor.centre in centres)


def everybody_is_supervised(facts: Facts, binding: Binding) -> list[Finding]:
    """SUP-02: whoever is on post has an assignment, or one of their stations has."""
    active = [one for one in facts.supervision.assignments if one.active(facts.on)]
    of_people = Counter(one.worker for one in active if one.worker)
    of_stations = Counter(one.station for one in active if one.station)
    found = []
    for person, stations in _on_post(facts):
        own, shared = of_people[person.code], sum(of_stations[code] for code in stations)
        found.append(_of_person(person, stations, own + shared, binding))
    return found


def _on_post(facts: Facts) -> list[tuple[PersonFacts, list[str]]]:
    """Everybody on a post of the scope, and all stations where they work."""
    people: dict[str, PersonFacts] = {}
    stations: dict[str, set[str]] = {}
    for station in facts.stations:
        for placement in station.staff.placements:
            if placement.active(facts.on):
                people[placement.person.code] = placement.person
                stations.setdefault(placement.person.code, set()).add(station.code)
    for one in facts.supervision.elsewhere:
        if one.worker in people:
            stations[one.worker].add(one.station)
    return [(people[code], sorted(stations[code])) for code in sorted(people)]


def _of_person(
    person: PersonFacts, stations: list[str], assignments: int, binding: Binding
) -> Finding:
    return binding.finding(
        Subject(SubjectKind.WORKER, person.code, person.name),
        Status.MET if assignments else binding.failure,
        tuple(Evidence(SubjectKind.STATION, code, "site") for code in stations),
        measured=assignments,
        required=1,
    )
