"""CERT: floors of the share of certified social workers in a purchased project.

《广州市社工服务站管理办法》，据报道（SEED）：购买服务项目的持证社工比例应当逐年提高，
第一年不低于 1/2，第三年不低于 2/3。
"""

from datetime import date

from compliance.findings import Finding, Reason, Shortfall, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.certified_people import WHO_COUNTS, counted, share_of
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import Facts, ProjectFacts
from compliance.rules.teams import Team, team_of
from compliance.shares import Share
from tenancy.periods import last_day_of_grace, project_year

PARAMETERS = (
    Parameter("floor", ParameterKind.SHARE),
    Parameter("grace_days", ParameterKind.COUNT),
    *WHO_COUNTS,
)


def first_year(facts: Facts, binding: Binding) -> list[Finding]:
    """CERT-01: in year 1, 2c ≥ n."""
    return _judge(facts, binding, range(1, 2))


def second_year(facts: Facts, binding: Binding) -> list[Finding]:
    """CERT-04: in year 2, 2c ≥ n. Our reading: what must rise falls below no former floor."""
    return _judge(facts, binding, range(2, 3))


def from_third_year(facts: Facts, binding: Binding) -> list[Finding]:
    """CERT-03: from year 3 on, 3c ≥ 2n. That it lasts beyond year 3 is our reading."""
    return _judge(facts, binding, range(3, 1000))


def _judge(facts: Facts, binding: Binding, years: range) -> list[Finding]:
    return [
        _of_project(project, facts.on, binding.at(project.place, facts.on), years)
        for project in facts.projects
    ]


def _of_project(project: ProjectFacts, on: date, binding: Binding, years: range) -> Finding:
    year = project_year(project.starts_on, on)
    if year not in years:
        return binding.finding(
            subject_of(project),
            Status.NOT_APPLICABLE,
            required=binding.share("floor"),
            reason=Reason.OTHER_YEAR,
            details={"year": year},
        )
    team = team_of(project, on)
    if team.unassigned:
        return of_unknown_people(project, team, binding, year, required=binding.share("floor"))
    return _by_numbers(project, team, on, binding)


def subject_of(project: ProjectFacts) -> Subject:
    return Subject(SubjectKind.PROJECT, project.code, project.name)


def of_unknown_people(
    project: ProjectFacts, team: Team, binding: Binding, year: int, required: Share | None
) -> Finding:
    """Nobody can say whose these people are."""
    return binding.finding(
        subject_of(project),
        Status.NO_DATA,
        team.unassigned_evidence(),
        required=required,
        reason=Reason.UNASSIGNED,
        details={"year": year, "people": len(team.unassigned)},
    )


def _by_numbers(project: ProjectFacts, team: Team, on: date, binding: Binding) -> Finding:
    evidence = counted(team.people, on, binding)
    share, pending = share_of(evidence)
    grace_until = last_day_of_grace(project.starts_on, binding.count("grace_days"))
    status, reason = _verdict(share, pending, binding, in_grace=on <= grace_until)
    return binding.finding(
        subject_of(project),
        status,
        evidence,
        measured=share,
        required=binding.share("floor"),
        shortfall=_shortfall(share, binding.share("floor")),
        reason=reason,
        details={
            "year": project_year(project.starts_on, on),
            "pending": pending,
            "grace_until": grace_until.isoformat(),
        },
    )


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
