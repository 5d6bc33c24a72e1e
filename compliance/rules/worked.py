"""The hours of a project year, as the records of its station report them.

A month belongs to the project year that its first day lies in, so that every year has twelve.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compliance.findings import Evidence, Finding, Reason, Shortfall, Status, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.certified_share import subject_of
from compliance.rules.records import record_code
from compliance.rules.shapes import Facts, ProjectFacts, RecordFacts
from tenancy.periods import project_year_period, twelve_months


@dataclass(frozen=True, slots=True)
class Months:
    """The twelve months of a project year, and the records of them that say hours."""

    all: list[date]
    accepted: list[RecordFacts]
    awaiting: list[RecordFacts]

    @property
    def unknown(self) -> int:
        """Of how many nothing that says hours is filed."""
        return len(self.all) - len(self.accepted) - len(self.awaiting)

    def rows(self, project: ProjectFacts) -> tuple[Evidence, ...]:
        """The records whose hours were added up or wait to be, the oldest first."""
        told = sorted((*self.accepted, *self.awaiting), key=lambda one: one.month)
        return tuple(
            Evidence(SubjectKind.RECORD, record_code(project.station, one), _as(one))
            for one in told
        )


def _as(record: RecordFacts) -> str:
    return "accepted" if record.accepted else "awaiting"


def judged(facts: Facts) -> Iterable[ProjectFacts]:
    """Where no records are kept, nobody has asked for hours."""
    return (project for project in facts.projects if project.records)


def months_of(project: ProjectFacts, year: int) -> Months:
    months = twelve_months(project_year_period(project.starts_on, year).last)
    told = [one for one in during(project, months) if one.hours is not None]
    return Months(
        months,
        accepted=[one for one in told if one.accepted],
        awaiting=[one for one in told if not one.accepted],
    )


def during(project: ProjectFacts, months: list[date]) -> Iterable[RecordFacts]:
    """The records of months that follow one another."""
    return (one for one in project.records if months[0] <= one.month <= months[-1])


def shared(project: ProjectFacts, months: Iterable[date]) -> int:
    """In how many months another project ran at the station: hours do not say whose they are."""
    others = [term for term in project.staff.terms if term.project != project.code]
    ran = (any(term.contains(month) for term in others) for month in months)
    return sum(ran) if others else 0


def total(records: Iterable[RecordFacts]) -> Decimal:
    return sum((one.hours for one in records if one.hours is not None), Decimal(0))


def lacking(done: Decimal, needed: Decimal) -> Shortfall | None:
    return Shortfall(hours=needed - done) if done < needed else None


def not_applicable(project: ProjectFacts, binding: Binding) -> Finding:
    """Nothing was agreed, or it is too early to tell."""
    return binding.finding(
        subject_of(project),
        Status.NOT_APPLICABLE,
        required=project.min_hours or None,
        reason=Reason.NOT_YET if project.min_hours else Reason.NO_MINIMUM,
    )


def of_shared_hours(project: ProjectFacts, binding: Binding, months: int) -> Finding:
    """Nobody can say whose these hours are."""
    return binding.finding(
        subject_of(project),
        Status.NO_DATA,
        required=project.min_hours,
        reason=Reason.UNASSIGNED,
        details={"months": months},
    )
