"""Where a report's figures come from: a stored run, or an assessment that nobody has kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count

from compliance.assessment import Assessment
from compliance.changes import Identity, broken
from compliance.findings import Status, SubjectKind
from compliance.models import Run, RunFinding, Tally
from compliance.models.run import URGENCY
from compliance.rows import findings_of, tallies_of
from tenancy.models import Area

# People and posts are told by the station: one line a rule, with their number.
TOGETHER = (SubjectKind.POST.value, SubjectKind.WORKER.value)
STATION = ("place__code", "place__name", "place__path")
Group = dict[str, Any]  # status, rule, kind, the place, the number and the codes


@dataclass(frozen=True)
class Source:
    """Counts by area from the top down; verdicts that ask for something, the most urgent first."""

    tallies: list[Tally]
    single: Iterable[RunFinding]
    together: Iterable[Group]
    broken: Mapping[Identity, str]  # what is not met, with the names of the subjects


def stored(run: Run) -> Source:
    """What was kept of a run."""
    rows = run.findings.exclude(status=Status.MET.value)
    single = rows.exclude(kind__in=TOGETHER).select_related("place").defer("evidence")
    together = rows.filter(kind__in=TOGETHER).values("status", "rule", "kind", *STATION)
    return Source(
        tallies=list(run.tallies.select_related("area").order_by("area__path")),
        single=single.most_urgent_first(),
        together=together.annotate(number=Count("pk"), codes=ArrayAgg("code")).order_by(
            "rule", "place__code"
        ),
        broken=broken(run),
    )


def unkept(run: Run, assessment: Assessment) -> Source:
    """The same of an assessment; reads the areas, writes nothing."""
    areas = Area.objects.in_bulk(list(assessment.tallies))
    tallies = list(tallies_of(run, assessment))
    rows = [one for one in findings_of(run, assessment) if one.status != Status.MET.value]
    for row in tallies:
        row.area = areas[row.area_id]
    for finding in rows:
        finding.place = areas[finding.place_id]
    return Source(
        tallies=sorted(tallies, key=lambda row: row.area.path),
        single=sorted((one for one in rows if one.kind not in TOGETHER), key=_urgency),
        together=_grouped(one for one in rows if one.kind in TOGETHER),
        broken={
            one.identity: one.subject.name
            for one in assessment.findings
            if one.status is Status.NOT_MET
        },
    )


def _urgency(row: RunFinding) -> tuple[int, str, str, str]:
    return URGENCY.index(row.status), row.rule, row.kind, row.code


def _grouped(rows: Iterable[RunFinding]) -> list[Group]:
    found = defaultdict(list)
    for row in rows:
        found[row.rule, row.place.code, row.status, row.kind, row.place].append(row.code)
    ordered = sorted(found.items(), key=lambda item: item[0][:3])
    return [
        {"status": status, "rule": rule, "kind": kind, "number": len(codes), "codes": codes}
        | {name: getattr(place, name.removeprefix("place__")) for name in STATION}
        for (rule, _code, status, kind, place), codes in ordered
    ]
