"""The registry of rules: pure functions from facts and a binding to findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compliance.findings import Finding, SubjectKind
from compliance.rules import certified_share, coverage
from compliance.rules.bindings import Binding, Parameter, ParameterKind, Severity
from compliance.rules.shapes import CertificateLevel, Facts

FLOOR = Parameter("floor", ParameterKind.SHARE)
CERTIFIED_SHARE = (
    FLOOR,
    Parameter("grace_days", ParameterKind.COUNT),
    Parameter("lapsed_counts", ParameterKind.FLAG),
    Parameter(
        "levels", ParameterKind.CHOICES, frozenset(level.value for level in CertificateLevel)
    ),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be judged, about what kind of subject, and what a pack must say for it."""

    id: str
    judge: Callable[[Facts, Binding], list[Finding]]
    subject: SubjectKind
    severity: Severity
    parameters: tuple[Parameter, ...]


RULES = {
    rule.id: rule
    for rule in (
        Rule(
            "COV-01",
            coverage.every_street_has_a_station,
            SubjectKind.AREA,
            Severity.ERROR,
            (FLOOR,),
        ),
        Rule(
            "CERT-01",
            certified_share.first_year,
            SubjectKind.PROJECT,
            Severity.ERROR,
            CERTIFIED_SHARE,
        ),
        Rule(
            "CERT-03",
            certified_share.from_third_year,
            SubjectKind.PROJECT,
            Severity.ERROR,
            CERTIFIED_SHARE,
        ),
    )
}


def judge(facts: Facts, bindings: Iterable[Binding]) -> list[Finding]:
    """All verdicts, ordered by rule, kind and code."""
    findings = [
        finding for binding in bindings for finding in RULES[binding.rule].judge(facts, binding)
    ]
    return sorted(findings, key=lambda finding: finding.identity)
