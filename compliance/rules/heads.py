"""POST-05: as many people work in a project as were agreed.

采购文件“配备 20 名”（HZ-FY）。 Everybody of the channel 购买服务 counts with their share of work,
social worker or not. Who is missing for more than `vacancy_days` days is missing outright.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from compliance.findings import Evidence, Finding, Reason, Shortfall, Status, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.certified_share import subject_of
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import Facts, ProjectFacts
from compliance.rules.teams import Team, is_purchased, team_of
from tenancy.periods import is_active

PARAMETERS = (Parameter("vacancy_days", ParameterKind.COUNT),)


@dataclass(frozen=True, slots=True)
class _Staffing:
    """Who is there on a day, with how much of their time, and how many were agreed on."""

    team: Team
    agreed: int

    @property
    def heads(self) -> Decimal:
        return sum((one.share for one in self.team.placements), Decimal(0))

    @property
    def is_known(self) -> bool:
        return not self.team.unassigned

    @property
    def is_short(self) -> bool:
        return self.is_known and self.heads < self.agreed


def agreed_heads_are_there(facts: Facts, binding: Binding) -> list[Finding]:
    """POST-05: Σ shares ≥ the agreed heads of the contract in force."""
    return [
        _of_project(project, facts.on, binding.at(project.place, facts.on))
        for project in facts.projects
    ]


def _of_project(project: ProjectFacts, on: date, binding: Binding) -> Finding:
    now = _staffing(project, on)
    if not now.is_known:
        return binding.finding(
            subject_of(project),
            Status.NO_DATA,
            now.team.unassigned_evidence(),
            required=now.agreed,
            reason=Reason.UNASSIGNED,
            details={"people": len(now.team.unassigned)},
        )
    since = on - timedelta(days=binding.count("vacancy_days"))
    status, reason = _verdict(project, now, since, binding)
    return binding.finding(
        subject_of(project),
        status,
        tuple(Evidence(SubjectKind.WORKER, one.code, "on_post") for one in now.team.people),
        measured=plain(now.heads),
        required=now.agreed,
        shortfall=Shortfall(people=ceil(now.agreed - now.heads)) if now.is_short else None,
        reason=reason,
        details={"since": since.isoformat(), "people": len(now.team.people)},
    )


def _staffing(project: ProjectFacts, on: date) -> _Staffing:
    contract = next((one for one in project.contracts if one.in_force(on)), None)
    agreed = contract.agreed_heads if contract else None
    return _Staffing(team_of(project, on, is_purchased), agreed or project.agreed_heads)


def _verdict(
    project: ProjectFacts, now: _Staffing, since: date, binding: Binding
) -> tuple[Status, Reason]:
    if not now.is_short:
        return Status.MET, Reason.NONE
    ran = is_active(project.starts_on, project.years, since)
    if ran and _staffing(project, since).is_short:
        return binding.failure, Reason.NONE
    return Status.WATCH, Reason.RECENT


def plain(heads: Decimal) -> Decimal | int:
    """An integer where it is whole, else without trailing zeros: 17.5."""
    return int(heads) if heads == int(heads) else heads.normalize()
