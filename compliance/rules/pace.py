"""HRS-03: the hours of the year that runs grow with its days.

The two lines, nine tenths and three quarters of what the days ask for, are our reading.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from compliance.findings import Finding, Reason, Status
from compliance.rules.bindings import Binding
from compliance.rules.certified_share import subject_of
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import Facts, ProjectFacts
from compliance.rules.worked import (
    Months,
    during,
    judged,
    lacking,
    months_of,
    not_applicable,
    of_shared_hours,
    shared,
    total,
)
from compliance.shares import Share
from tenancy.periods import project_year

PARAMETERS = (Parameter("pace", ParameterKind.SHARE), Parameter("floor", ParameterKind.SHARE))


def on_track(facts: Facts, binding: Binding) -> list[Finding]:
    """HRS-03: Σ hours ÷ (minimum × days of their months ÷ days of the year) ≥ 9/10, or 3/4.

    Counts accepted months and their days alone: who waits for acceptance has not worked less.
    """
    return [
        _of_project(project, facts.on, binding.at(project.place, facts.on))
        for project in judged(facts)
    ]


def _of_project(project: ProjectFacts, on: date, binding: Binding) -> Finding:
    if not project.min_hours:
        return not_applicable(project, binding)
    months = months_of(project, project_year(project.starts_on, on))
    if number := shared(project, [one.month for one in (*months.accepted, *months.awaiting)]):
        return of_shared_hours(project, binding, number)
    if months.accepted:
        return _of_months(project, months, project.min_hours, binding)
    if any(one.due_on < on for one in during(project, months.all)):
        return binding.finding(
            subject_of(project),
            Status.NO_DATA,
            months.rows(project),
            reason=Reason.AWAITING_ACCEPTANCE,
        )
    return not_applicable(project, binding)


def _of_months(
    project: ProjectFacts, months: Months, minimum: Decimal, binding: Binding
) -> Finding:
    done = total(months.accepted)
    days, year_days = _days(one.month for one in months.accepted), _days(months.all)
    expected = Fraction(minimum) * days / year_days
    line = _rounded_up(_part(binding.share("pace"), expected))
    status = _verdict(done, expected, binding)
    return binding.finding(
        subject_of(project),
        status,
        months.rows(project),
        measured=done,
        required=line,
        shortfall=None if status is Status.MET else lacking(done, line),
        details={
            "months": len(months.accepted),
            "days": days,
            "year_days": year_days,
            "minimum": str(minimum),
            "pace": str(binding.share("pace")),
        },
    )


def _verdict(done: Decimal, expected: Fraction, binding: Binding) -> Status:
    if done >= _part(binding.share("pace"), expected):
        return Status.MET
    return Status.WATCH if done >= _part(binding.share("floor"), expected) else binding.failure


def _part(share: Share, of: Fraction) -> Fraction:
    return of * share.num / share.den


def _rounded_up(hours: Fraction) -> Decimal:
    """To the hundredth, so that whoever has as much has reached the line."""
    return Decimal(-(-hours.numerator * 100 // hours.denominator)).scaleb(-2)


def _days(months: Iterable[date]) -> int:
    return sum(monthrange(month.year, month.month)[1] for month in months)
