"""Verdicts that ask for something, as lines of a report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from compliance import wording
from compliance.findings import Finding
from compliance.models import RunFinding
from compliance.models.run import URGENCY
from compliance.packs import Pack
from compliance.reports.sources import Group, Source


@dataclass(frozen=True, slots=True)
class Problem:
    """A verdict that asks for something."""

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

    @property
    def urgency(self) -> tuple[int, str]:
        return URGENCY.index(self.status), self.rule


def problems(source: Source, pack: Pack, names: dict[str, str]) -> Iterable[Problem]:
    """The most urgent first."""
    lines = (_problem(row, pack, names) for row in source.single)
    stations = _stations(source.together, pack, names)
    return merge(lines, stations, key=lambda line: line.urgency)


def _stations(rows: Iterable[Group], pack: Pack, names: dict[str, str]) -> Iterator[Problem]:
    for row in sorted(rows, key=lambda row: URGENCY.index(row["status"])):
        yield _of_station(row, pack, names)


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


def _problem(row: RunFinding, pack: Pack, names: dict[str, str]) -> Problem:
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
