"""CERT-02: the share of certified social workers rises from year to year.

《广州市社工服务站管理办法》，据报道（SEED）：购买服务项目的持证社工比例应当逐年提高。 Compared with
the last day of the project year before; whoever is all certified cannot rise.
"""

from dataclasses import dataclass
from datetime import date

from compliance.findings import Evidence, Finding, Reason, Shortfall, Status
from compliance.rules.bindings import Binding
from compliance.rules.certified_people import counted, share_of
from compliance.rules.certified_share import of_unknown_people, subject_of
from compliance.rules.shapes import Facts, ProjectFacts
from compliance.rules.teams import team_of
from compliance.shares import Share
from tenancy.periods import project_year, project_year_period

NOBODY = Share(0, 0)


@dataclass(frozen=True, slots=True)
class _Baseline:
    """The share to be passed, its day, and whether somebody attested it or the ledgers say it."""

    share: Share
    on: date
    attested: bool


def rises_every_year(facts: Facts, binding: Binding) -> list[Finding]:
    """CERT-02: from year 2 on, c ÷ n above the baseline; c = n is enough."""
    return [
        _of_project(project, facts.on, binding.at(project.place, facts.on))
        for project in facts.projects
    ]


def _of_project(project: ProjectFacts, on: date, binding: Binding) -> Finding:
    year = project_year(project.starts_on, on)
    if year < 2:
        return binding.finding(
            subject_of(project),
            Status.NOT_APPLICABLE,
            reason=Reason.OTHER_YEAR,
            details={"year": year},
        )
    baseline = _baseline(project, year - 1, binding)
    now, before = team_of(project, on), team_of(project, baseline.on)
    unknown = now if now.unassigned else before
    if now.unassigned or (before.unassigned and not baseline.attested):
        return of_unknown_people(project, unknown, binding, year, required=None)
    return _compared(project, on, counted(now.people, on, binding), baseline, binding)


def _baseline(project: ProjectFacts, year: int, binding: Binding) -> _Baseline:
    last_day = project_year_period(project.starts_on, year).last
    attested = next((one for one in project.openings if one.year == year), None)
    if attested:
        return _Baseline(Share(attested.certified, attested.workers), last_day, attested=True)
    share, _pending = share_of(counted(team_of(project, last_day).people, last_day, binding))
    return _Baseline(share, last_day, attested=False)


def _compared(
    project: ProjectFacts,
    on: date,
    evidence: tuple[Evidence, ...],
    baseline: _Baseline,
    binding: Binding,
) -> Finding:
    share, pending = share_of(evidence)
    year = project_year_period(project.starts_on, project_year(project.starts_on, on))
    status, reason = _verdict(share, pending, baseline.share, binding, is_last=on == year.last)
    is_open = share.den and baseline.share.den and status is not Status.MET
    return binding.finding(
        subject_of(project),
        status,
        evidence,
        measured=share,
        required=baseline.share if baseline.share.den else None,
        shortfall=_shortfall(share, baseline.share) if is_open else None,
        reason=reason,
        details={
            "year": project_year(project.starts_on, on),
            "pending": pending,
            "baseline_on": baseline.on.isoformat(),
            "attested": int(baseline.attested),
            "year_ends_on": year.last.isoformat(),
        },
    )


def _verdict(
    share: Share, pending: int, baseline: Share, binding: Binding, *, is_last: bool
) -> tuple[Status, Reason]:
    if share.den == 0:
        return Status.NO_DATA, Reason.NOBODY
    if baseline.den == 0:
        return Status.NO_DATA, Reason.NO_BASELINE
    if _passes(share, baseline):
        return Status.MET, Reason.NONE
    is_equal = share.reaches(baseline)
    if is_equal and not is_last:
        return Status.WATCH, Reason.EQUAL
    if _passes(Share(share.num + pending, share.den), baseline):
        return Status.NO_DATA, Reason.AWAITING_VERIFICATION
    return binding.failure, Reason.EQUAL if is_equal else Reason.NONE


def _passes(share: Share, baseline: Share) -> bool:
    return share.exceeds(baseline) or share.num == share.den


def _shortfall(share: Share, baseline: Share) -> Shortfall:
    people = min(share.lacking_to_exceed(baseline), share.den - share.num)
    return Shortfall(people=people, by_hiring=share.lacking_to_exceed_by_growth(baseline))
