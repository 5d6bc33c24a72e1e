"""Verdicts that ask for something, as lines of a report.

People and posts are told by the station: one line a rule, with their number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Any

from django.db.models import Count

from compliance import wording
from compliance.findings import Finding, Status, SubjectKind
from compliance.models import Run, RunFinding
from compliance.models.run import URGENCY
from compliance.packs import Pack

TOGETHER = (SubjectKind.POST.value, SubjectKind.WORKER.value)
STATION = ("place__code", "place__name", "place__path")


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


def problems(run: Run, pack: Pack, names: dict[str, str]) -> Iterable[Problem]:
    """The most urgent first."""
    rows = run.findings.exclude(status=Status.MET.value)
    single = rows.exclude(kind__in=TOGETHER).select_related("place").defer("evidence")
    lines = (_problem(row, pack, names) for row in single.most_urgent_first())
    together = rows.filter(kind__in=TOGETHER).values("status", "rule", *STATION)
    return merge(lines, _stations(together, pack, names), key=lambda line: line.urgency)


def _stations(rows: Any, pack: Pack, names: dict[str, str]) -> Iterator[Problem]:
    found = rows.annotate(number=Count("pk")).order_by("rule", "place__code")
    for row in sorted(found, key=lambda row: URGENCY.index(row["status"])):
        yield _of_station(row, pack, names)


def _of_station(row: dict[str, Any], pack: Pack, names: dict[str, str]) -> Problem:
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
