"""COV-04: a point serves communities of its station's street.

《广州市社工服务站管理办法》（GZ23）第三条：社工点由社工站派驻村（居），服务所辖村（居），由社工站统一管理。
"""

from datetime import date

from compliance.findings import Evidence, Finding, Reason, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.shapes import Facts, PointFacts, StationFacts
from compliance.shares import Share

ALL = Share(1, 1)


def points_serve_their_street(facts: Facts, binding: Binding) -> list[Finding]:
    """COV-04: every community of an open point lies in the street where the station sits."""
    return [
        _of_point(point, station, binding)
        for station in facts.stations
        for point in _open(station, facts.on)
    ]


def _open(station: StationFacts, on: date) -> list[PointFacts]:
    return [point for point in station.points if point.is_open(on)]


def _of_point(point: PointFacts, station: StationFacts, binding: Binding) -> Finding:
    foreign = sorted(one.code for one in point.communities if not one.inside)
    share = Share(len(point.communities) - len(foreign), len(point.communities))
    status, reason = Status.MET if share.reaches(ALL) else binding.failure, Reason.NONE
    if not point.communities:
        status, reason = Status.NO_DATA, Reason.NO_COMMUNITIES
    evidence = [Evidence(SubjectKind.AREA, code, "other_street") for code in foreign]
    return binding.finding(
        Subject(SubjectKind.POINT, point.code, point.name),
        status,
        (*evidence, Evidence(SubjectKind.STATION, station.code, "responsible")),
        measured=share,
        required=ALL,
        reason=reason,
    )
