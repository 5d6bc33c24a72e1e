"""CERT: the share of certified social workers in a purchased project.

《广州市社工服务站管理办法》，据报道：购买服务项目的持证社工比例应当逐年提高，
第一年不低于 1/2，第三年不低于 2/3。
"""

from collections import Counter
from datetime import date

from compliance.findings import Evidence, Finding, Reason, Shortfall, Status, Subject, SubjectKind
from compliance.periods import is_active, last_day_of_grace, project_year
from compliance.rules.bindings import Binding
from compliance.rules.certified_people import CERTIFIED, PENDING, UNASSIGNED, counted
from compliance.rules.shapes import Facts, ProjectFacts
from compliance.shares import Share


def first_year(facts: Facts, binding: Binding) -> list[Finding]:
    """CERT-01: in year 1, 2c ≥ n."""
    return _judge(facts, binding, range(1, 2))


def from_third_year(facts: Facts, binding: Binding) -> list[Finding]:
    """CERT-03: from year 3 on, 3c ≥ 2n. That it lasts beyond year 3 is our reading."""
    return _judge(facts, binding, range(3, 1000))


def _judge(facts: Facts, binding: Binding, years: range) -> list[Finding]:
    return [
        _of_project(project, facts.on, binding, years)
        for project in facts.projects
        if is_active(project.starts_on, project.years, facts.on)
    ]


def _of_project(project: ProjectFacts, on: date, binding: Binding, years: range) -> Finding:
    year = project_year(project.starts_on, on)
    if year not in years:
        return binding.finding(
            _subject(project),
            Status.NOT_APPLICABLE,
            required=binding.share("floor"),
            reason=Reason.OTHER_YEAR,
            details={"year": year},
        )
    if project.unassigned:
        return _of_unknown_people(project, binding, year)
    return _by_numbers(project, on, binding, year)


def _of_unknown_people(project: ProjectFacts, binding: Binding, year: int) -> Finding:
    return binding.finding(
        _subject(project),
        Status.NO_DATA,
        tuple(
            Evidence(SubjectKind.WORKER, code, UNASSIGNED) for code in sorted(project.unassigned)
        ),
        required=binding.share("floor"),
        reason=Reason.UNASSIGNED,
        details={"year": year, "people": len(project.unassigned)},
    )


def _by_numbers(project: ProjectFacts, on: date, binding: Binding, year: int) -> Finding:
    evidence = counted(project.people, on, binding)
    tally = Counter(row.counts_as for row in evidence)
    share, pending = Share(tally[CERTIFIED], len(evidence)), tally[PENDING]
    grace_until = last_day_of_grace(project.starts_on, binding.count("grace_days"))
    status, reason = _verdict(share, pending, binding, in_grace=on <= grace_until)
    return binding.finding(
        _subject(project),
        status,
        evidence,
        measured=share,
        required=binding.share("floor"),
        shortfall=_shortfall(share, binding.share("floor")),
        reason=reason,
        details={"year": year, "pending": pending, "grace_until": grace_until.isoformat()},
    )


def _subject(project: ProjectFacts) -> Subject:
    return Subject(SubjectKind.PROJECT, project.code, project.name)


def _verdict(
    share: Share, pending: int, binding: Binding, *, in_grace: bool
) -> tuple[Status, Reason]:
    floor = binding.share("floor")
    if share.den == 0:
        return Status.NO_DATA, Reason.NOBODY
    if share.reaches(floor):
        return Status.MET, Reason.NONE
    if Share(share.num + pending, share.den).reaches(floor):
        return Status.NO_DATA, Reason.AWAITING_VERIFICATION
    return (Status.WATCH, Reason.GRACE) if in_grace else (binding.failure, Reason.NONE)


def _shortfall(share: Share, floor: Share) -> Shortfall | None:
    if share.den == 0 or share.reaches(floor):
        return None
    return Shortfall(people=share.lacking(floor), by_hiring=share.lacking_by_growth(floor))
