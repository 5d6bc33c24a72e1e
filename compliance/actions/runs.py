"""Evaluations, kept as runs."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from compliance.assessment import Assessment, assess, chosen_pack
from compliance.models import Run, RunFinding, Tally
from compliance.tallies import Count
from tenancy import audit
from tenancy.models import Area, User

BATCH = 1000


@transaction.atomic
def evaluate(*, area: Area, on: date, by: User, pack_id: str = "") -> Run:
    """Judge the area as of the day by its tenant's pack, or by the one named, and keep it."""
    pack = chosen_pack(area.tenant, on, pack_id)
    return keep(assessment=assess(area, on, pack), by=by)


@transaction.atomic
def keep(*, assessment: Assessment, by: User) -> Run:
    """Store what was found."""
    run: Run = Run.objects.create(
        area=assessment.area,
        on=assessment.on,
        pack=assessment.pack.id,
        pack_version=assessment.pack.version,
        parameters=assessment.parameters,
        inputs_hash=assessment.loaded.inputs_hash,
        counts=assessment.counts,
        requested_by=by,
        created_at=timezone.now(),
    )
    RunFinding.objects.bulk_create(_findings(run, assessment), BATCH)
    tallies = (_tally(run, area, count) for area, count in assessment.tallies.items())
    Tally.objects.bulk_create(tallies, BATCH)
    audit.record(
        verb="evaluate",
        by=by,
        target=run,
        place=assessment.area.path,
        detail={"on": assessment.on.isoformat(), "pack": run.pack, "version": run.pack_version},
    )
    return run


def _findings(run: Run, assessment: Assessment) -> Iterable[RunFinding]:
    for finding in assessment.worth_keeping():
        yield RunFinding(
            run=run,
            place_id=assessment.loaded.places.of(finding.subject)[0],
            rule=finding.rule,
            kind=finding.subject.kind.value,
            code=finding.subject.code,
            status=finding.status.value,
            record=finding.as_record(),
            evidence=finding.evidence_as_record(),
        )


def _tally(run: Run, area: int, count: Count) -> Tally:
    return Tally(
        run=run,
        area_id=area,
        streets=count.streets,
        covered=count.covered,
        workers=len(count.workers),
        certified=len(count.certified),
        people_missing=count.people_missing,
        counts=count.as_counts(),
    )
