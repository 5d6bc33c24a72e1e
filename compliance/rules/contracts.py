"""PROC-02: one contract a year, without gaps and renewed in time.

三年服务期、合同一年一签（HZ-FY、BY-BYH 招标文件）。 That neighbours must meet, and by how many days
ahead the next one is due, are our reading.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from compliance.findings import Evidence, Finding, Reason, Status, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.certified_share import subject_of
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import ContractFacts, Facts, ProjectFacts
from tenancy.periods import anniversary

PARAMETERS = (Parameter("renew_days", ParameterKind.COUNT),)
DAY = timedelta(days=1)


def years_follow_one_another(facts: Facts, binding: Binding) -> list[Finding]:
    """PROC-02: no day between two contracts, the next one `renew_days` before the last ends."""
    return [
        _of_project(project, facts.on, binding.at(project.place, facts.on))
        for project in facts.projects
    ]


def _of_project(project: ProjectFacts, on: date, binding: Binding) -> Finding:
    status, rest = _verdict(project, on, binding)
    rows = tuple(
        Evidence(SubjectKind.CONTRACT, contract_code(project, one), _kind(one, on))
        for one in project.contracts
    )
    return binding.finding(subject_of(project), status, rows, **rest)


def _verdict(project: ProjectFacts, on: date, binding: Binding) -> tuple[Status, dict[str, Any]]:
    if not project.contracts:
        return Status.NO_DATA, {"reason": Reason.NO_CONTRACT}
    gap = sum(
        (later.starts_on - earlier.ends_on - DAY).days
        for earlier, later in pairwise(project.contracts)
    )
    if gap:
        return binding.failure, {"measured": gap, "required": 0, "reason": Reason.GAP}
    last, days = project.contracts[-1].ends_on, binding.count("renew_days")
    left = (last - on).days
    if last < anniversary(project.starts_on, project.years) - DAY and left <= days:
        found = {"measured": left, "required": days, "reason": Reason.RENEWAL}
        return binding.failure, found | {"details": {"ends_on": last.isoformat()}}
    return Status.MET, {"measured": 0, "required": 0}


def contract_code(project: ProjectFacts, contract: ContractFacts) -> str:
    return f"{project.code}/{contract.year_no}"


def _kind(contract: ContractFacts, on: date) -> str:
    return "in_force" if contract.in_force(on) else "not_in_force"
