"""The registry of rules: pure functions from facts and a binding to findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compliance.findings import Finding
from compliance.findings import SubjectKind as Kind
from compliance.rules import (
    budgets,
    certified_people,
    certified_share,
    contracts,
    coverage,
    heads,
    hours,
    pace,
    points,
    posts,
    procurement_law,
    records,
    rising_share,
    supervision,
)
from compliance.rules.bindings import Binding, Severity
from compliance.rules.parameters import Parameter
from compliance.rules.shapes import Facts


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be judged, about what kind of subject, and what a pack must say for it."""

    id: str
    judge: Callable[[Facts, Binding], list[Finding]]
    subject: Kind
    severity: Severity
    parameters: tuple[Parameter, ...] = ()

    def parameter(self, name: str) -> Parameter | None:
        return next((one for one in self.parameters if one.name == name), None)


_FLOOR = certified_share.PARAMETERS
_RULES = (
    Rule(
        "COV-01",
        coverage.every_street_has_a_station,
        Kind.AREA,
        Severity.ERROR,
        coverage.PARAMETERS,
    ),
    Rule("COV-04", points.points_serve_their_street, Kind.POINT, Severity.ERROR),
    Rule("POST-01", posts.admin_posts_at_the_station, Kind.POST, Severity.ERROR),
    Rule("POST-02", posts.service_posts_at_points, Kind.POST, Severity.ERROR),
    Rule("POST-03", posts.both_kinds_of_posts, Kind.STATION, Severity.WARNING),
    Rule("POST-05", heads.agreed_heads_are_there, Kind.PROJECT, Severity.ERROR, heads.PARAMETERS),
    Rule(
        "POST-06",
        budgets.budget_and_heads_agree,
        Kind.PROJECT,
        Severity.WARNING,
        budgets.PARAMETERS,
    ),
    Rule("POST-07", budgets.total_is_yearly_amounts, Kind.PROJECT, Severity.ERROR),
    Rule("CERT-01", certified_share.first_year, Kind.PROJECT, Severity.ERROR, _FLOOR),
    Rule(
        "CERT-02",
        rising_share.rises_every_year,
        Kind.PROJECT,
        Severity.ERROR,
        certified_people.WHO_COUNTS,
    ),
    Rule("CERT-03", certified_share.from_third_year, Kind.PROJECT, Severity.ERROR, _FLOOR),
    Rule("CERT-04", certified_share.second_year, Kind.PROJECT, Severity.ERROR, _FLOOR),
    Rule("HRS-01", hours.reached_by_the_end, Kind.PROJECT, Severity.ERROR),
    Rule("HRS-03", pace.on_track, Kind.PROJECT, Severity.ERROR, pace.PARAMETERS),
    Rule("REP-01", records.filed_in_time, Kind.STATION, Severity.ERROR, records.PARAMETERS),
    Rule("REP-03", records.totals_agree, Kind.AREA, Severity.ERROR),
    Rule("SUP-01", supervision.the_city_has_a_centre, Kind.AREA, Severity.ERROR),
    Rule("SUP-02", supervision.everybody_is_supervised, Kind.WORKER, Severity.ERROR),
    Rule(
        "PROC-02",
        contracts.years_follow_one_another,
        Kind.PROJECT,
        Severity.ERROR,
        contracts.PARAMETERS,
    ),
    Rule(
        "PROC-03",
        procurement_law.signed_in_time,
        Kind.CONTRACT,
        Severity.WARNING,
        procurement_law.SIGNING,
    ),
    Rule(
        "PROC-04",
        procurement_law.supplements_stay_small,
        Kind.CONTRACT,
        Severity.ERROR,
        procurement_law.SUPPLEMENTS,
    ),
)
RULES = {rule.id: rule for rule in _RULES}


def judge(facts: Facts, bindings: Iterable[Binding]) -> list[Finding]:
    """All verdicts, ordered by rule, kind and code."""
    findings = [
        finding for binding in bindings for finding in RULES[binding.rule].judge(facts, binding)
    ]
    return sorted(findings, key=lambda finding: finding.identity)
