"""HRS-01: a project has its agreed hours at the end of each of its years.

采购文件约定每年的最低服务工时（HZ-FY：三年服务期，每年不少于 35,244 小时）。 That accepted records
say how many there were is our reading.
"""

from datetime import date, timedelta
from decimal import Decimal

from compliance.findings import Finding, Reason, Status
from compliance.rules.bindings import Binding
from compliance.rules.certified_share import subject_of
from compliance.rules.shapes import Facts, ProjectFacts
from compliance.rules.worked import (
    Months,
    judged,
    lacking,
    months_of,
    not_applicable,
    of_shared_hours,
    shared,
    total,
)
from tenancy.periods import project_year

DAY = timedelta(days=1)


def reached_by_the_end(facts: Facts, binding: Binding) -> list[Finding]:
    """HRS-01: Σ hours ≥ the agreed minimum, in the newest project year that is over.

    More months never shrink a sum, so enough is enough; that it is too little is known only once
    every month is filed.
    """
    return [_of_project(project, facts.on, binding) for project in judged(facts)]


def _of_project(project: ProjectFacts, on: date, binding: Binding) -> Finding:
    year = project_year(project.starts_on, on + DAY) - 1
    if not project.min_hours or not year:
        return not_applicable(project, binding)
    months = months_of(project, year)
    if number := shared(project, months.all):
        return of_shared_hours(project, binding, number)
    done, filed = total(months.accepted), total((*months.accepted, *months.awaiting))
    status, reason = _verdict(months, done, filed, project.min_hours)
    return binding.finding(
        subject_of(project),
        status or binding.failure,
        months.rows(project),
        measured=done,
        required=project.min_hours,
        shortfall=lacking(done, project.min_hours),
        reason=reason,
        details={"year": year, "filed": str(filed), "months": months.unknown},
    )


def _verdict(
    months: Months, done: Decimal, filed: Decimal, minimum: Decimal
) -> tuple[Status | None, Reason]:
    """No status where every month is filed and together they are too little."""
    if done >= minimum:
        return Status.MET, Reason.NONE
    if months.unknown:
        return Status.NO_DATA, Reason.MONTHS_MISSING
    if filed >= minimum:
        return Status.NO_DATA, Reason.AWAITING_ACCEPTANCE
    return None, Reason.NONE
