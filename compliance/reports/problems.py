"""Verdicts that ask for something, as lines of a report."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge

from compliance import wording
from compliance.findings import Finding
from compliance.models import RunFinding
from compliance.models.run import URGENCY
from compliance.packs import Pack
from compliance.reports.duties import Duties
from compliance.reports.sources import Group, Source


@dataclass(frozen=True, slots=True)
class Problem:
    """A verdict that asks for something; `who` answers for it, until `deadline` if one was set."""

    status: str
    subject: str
    code: str
    where: str
    rule: str
    title: str
    inferred: bool
    citation: str
    sentence: str
    shortfall: str
    who: str = ""
    deadline: date | None = None

    @property
    def urgency(self) -> tuple[int, str]:
        return URGENCY.index(self.status), self.rule


def problems(
    source: Source, pack: Pack, names: dict[str, str], duties: Duties
) -> Iterable[Problem]:
    """The most urgent first."""
    lines = (
        replace(problem_of(row, pack, names), **duties.of_finding(row, names)._asdict())
        for row in source.single
    )
    stations = (
        replace(_of_station(row, pack, names), **duties.of_station(row, names)._asdict())
        for row in sorted(source.together, key=lambda row: URGENCY.index(row["status"]))
    )
    return merge(lines, stations, key=lambda line: line.urgency)


def _of_station(row: Group, pack: Pack, names: dict[str, str]) -> Problem:
    binding = next((one for one in pack.bindings if one.rule == row["rule"]), None)
    clause = pack.find_clause(binding.pack, binding.clause) if binding else None
    return Problem(
        status=row["status"],
        subject=row["place__name"],
        code=row["place__code"],
        where=above(row["place__path"], names),
        rule=row["rule"],
        title=str(wording.TITLES[row["rule"]]),
        inferred=binding is not None and binding.inferred,
        citation=wording.citation(pack, clause) if clause else "",
        sentence=wording.together(row["rule"], row["number"]),
        shortfall="",
    )


def problem_of(row: RunFinding, pack: Pack, names: dict[str, str]) -> Problem:
    """A single verdict, in words."""
    finding = Finding.from_record(row.record)
    clause = pack.find_clause(finding.pack, finding.clause)
    return Problem(
        status=row.status,
        subject=finding.subject.name,
        code=finding.subject.code,
        where=above(row.place.path, names),
        rule=finding.rule,
        title=str(wording.TITLES[finding.rule]),
        inferred=finding.inferred,
        citation=wording.citation(pack, clause) if clause else "",
        sentence=wording.sentence(finding) + wording.adjustments(finding),
        shortfall=wording.shortfall(finding),
    )


def above(path: str, names: dict[str, str]) -> str:
    """The areas between the scope and the place."""
    slugs = path.rstrip("/").split("/")
    paths = ["/".join(slugs[: depth + 1]) + "/" for depth in range(len(slugs) - 1)]
    return "".join([names[one] for one in paths if one in names][1:])
