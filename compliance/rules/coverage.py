"""COV-01: every street has an operating station.

《广州市社工服务站管理办法》（GZ23）第一条：镇（街）社工站 100% 覆盖。

A street is covered by at least one operating station; a second one covers no second street.
"""

from collections.abc import Iterable

from compliance.findings import Evidence, Finding, Reason, Shortfall, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import AreaFacts, Facts, StationFacts, StreetFacts
from compliance.shares import Share

PARAMETERS = (Parameter("floor", ParameterKind.SHARE),)


def every_street_has_a_station(facts: Facts, binding: Binding) -> list[Finding]:
    """COV-01: one verdict a street, one a district inside the scope, one for the scope."""
    covered = {street.code for street in facts.streets if _is_covered(street, facts)}
    findings = [_of_street(street, facts, binding) for street in facts.streets]
    for area, streets in _areas(facts):
        findings.append(_of_area(area, streets, covered, binding.at(area.path, facts.on)))
    return findings


def _is_covered(street: StreetFacts, facts: Facts) -> bool:
    return any(station.operates(facts.on) for station in street.stations)


def _areas(facts: Facts) -> Iterable[tuple[AreaFacts, list[StreetFacts]]]:
    by_district: dict[str | None, list[StreetFacts]] = {}
    for street in facts.streets:
        by_district.setdefault(street.district, []).append(street)
    for district in facts.districts:
        # a city without districts has a pseudo-district of its own code: that is the scope itself
        if district.code != facts.scope.code:
            yield district, by_district.get(district.code, [])
    if all(street.code != facts.scope.code for street in facts.streets):
        yield facts.scope, list(facts.streets)


def _of_street(street: StreetFacts, facts: Facts, binding: Binding) -> Finding:
    operating = sum(station.operates(facts.on) for station in street.stations)
    opening = [station for station in street.stations if station.opens_later(facts.on)]
    status, reason = binding.failure, Reason.NONE
    if operating:
        status = Status.MET
    elif opening:
        status, reason = Status.WATCH, Reason.OPENING
    return binding.finding(
        Subject(SubjectKind.AREA, street.code, street.name),
        status,
        tuple(_station_evidence(station, facts) for station in _by_code(street.stations)),
        measured=operating,
        required=1,
        shortfall=None if operating else Shortfall(streets=1),
        reason=reason,
        details={} if operating or not opening else {"opens_on": _earliest(opening)},
    )


def _by_code(stations: Iterable[StationFacts]) -> list[StationFacts]:
    return sorted(stations, key=lambda station: station.code)


def _earliest(stations: Iterable[StationFacts]) -> str:
    return min(station.opened_on.isoformat() for station in stations if station.opened_on)


def _station_evidence(station: StationFacts, facts: Facts) -> Evidence:
    if station.operates(facts.on):
        counts_as = "operating"
    else:
        counts_as = "opening" if station.opens_later(facts.on) else "not_operating"
    return Evidence(SubjectKind.STATION, station.code, counts_as)


def _of_area(
    area: AreaFacts, streets: list[StreetFacts], covered: set[str], binding: Binding
) -> Finding:
    subject = Subject(SubjectKind.AREA, area.code, area.name)
    floor = binding.share("floor")
    if not streets:
        return binding.finding(
            subject,
            Status.NOT_APPLICABLE,
            measured=Share(0, 0),
            required=floor,
            reason=Reason.NO_STREETS,
        )
    bare = sorted(street.code for street in streets if street.code not in covered)
    share = Share(len(streets) - len(bare), len(streets))
    met = share.reaches(floor)
    return binding.finding(
        subject,
        Status.MET if met else binding.failure,
        tuple(Evidence(SubjectKind.AREA, code, "uncovered") for code in bare),
        measured=share,
        required=floor,
        shortfall=None if met else Shortfall(streets=share.lacking(floor)),
    )
