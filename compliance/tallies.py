"""What a run counts at each place: coverage, certified people, verdicts; pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from compliance.facts import Loaded
from compliance.findings import Finding, Status, Subject, SubjectKind
from compliance.places import Places
from compliance.rules.bindings import Binding
from compliance.rules.certified_people import CERTIFIED, counted
from compliance.rules.teams import team_of

FLOORS = ("CERT-01", "CERT-03", "CERT-04")
HEADS = "POST-05"
Counts = dict[str, dict[str, int]]  # rule → status → number
Tallies = dict[int, "Count"]  # by area


@dataclass
class Count:
    """The numbers of one place and all below it; a person counts once however many projects."""

    streets: int = 0
    covered: int = 0
    workers: set[str] = field(default_factory=set)
    certified: set[str] = field(default_factory=set)
    people_missing: int = 0
    heads_present: Decimal = Decimal(0)
    heads_agreed: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_counts(self) -> Counts:
        counts: Counts = {}
        for (rule, status), number in sorted(self.verdicts.items()):
            counts.setdefault(rule, {})[status] = number
        return counts


def tally(loaded: Loaded, findings: Iterable[Finding], bindings: Iterable[Binding]) -> Tallies:
    """The counts by area."""
    found = {area: Count() for area in loaded.places.all()}
    _add_streets(found, loaded)
    _add_people(found, loaded, bindings)
    _add_verdicts(found, findings, loaded.places)
    return found


def _add_streets(found: Tallies, loaded: Loaded) -> None:
    for street in loaded.facts.streets:
        covered = any(station.operates(loaded.facts.on) for station in street.stations)
        for area in loaded.places.of(Subject(SubjectKind.AREA, street.code, street.name)):
            found[area].streets += 1
            found[area].covered += covered


def _add_people(found: Tallies, loaded: Loaded, bindings: Iterable[Binding]) -> None:
    """Who is certified is for the pack to say; a pack without such a rule counts nobody."""
    binding = next((one for one in bindings if one.rule.startswith("CERT-")), None)
    if binding is None:
        return
    for project in loaded.facts.projects:
        on, own = loaded.facts.on, binding.at(project.place, loaded.facts.on)
        people = counted(team_of(project, on).people, on, own)
        everybody = {row.code for row in people}
        certified = {row.code for row in people if row.counts_as == CERTIFIED}
        subject = Subject(SubjectKind.PROJECT, project.code, project.name)
        for area in loaded.places.of(subject):
            found[area].workers |= everybody
            found[area].certified |= certified


def _add_verdicts(found: Tallies, findings: Iterable[Finding], places: Places) -> None:
    for finding in findings:
        for area in places.of(finding.subject):
            found[area].verdicts[finding.rule, finding.status.value] += 1
            found[area].people_missing += _people_missing(finding)
            _add_heads(found[area], finding)


def _add_heads(count: Count, finding: Finding) -> None:
    """A project whose people nobody can tell apart is left out on both sides."""
    match finding.measured, finding.required:
        case (int() | Decimal()) as present, int() as agreed if finding.rule == HEADS:
            count.heads_present += present
            count.heads_agreed += agreed


def _people_missing(finding: Finding) -> int:
    """One floor applies to a project a day; what else people are missing for would count twice."""
    if finding.rule not in FLOORS:
        return 0
    gap = finding.shortfall
    failed = finding.status in (Status.NOT_MET, Status.WATCH)
    return (gap.people or 0) if gap and failed else 0
