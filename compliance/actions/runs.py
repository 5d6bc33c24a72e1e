"""Evaluations, kept as runs."""

from datetime import date

from django.db import transaction

from compliance.assessment import Assessment, assess, chosen_pack
from compliance.models import Run, RunFinding, Tally
from compliance.rows import findings_of, run_of, tallies_of
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
    run = run_of(assessment, by)
    run.save()
    RunFinding.objects.bulk_create(findings_of(run, assessment), BATCH)
    Tally.objects.bulk_create(tallies_of(run, assessment), BATCH)
    audit.record(
        verb="evaluate",
        by=by,
        target=run,
        place=assessment.area.path,
        detail={"on": assessment.on.isoformat(), "pack": run.pack, "version": run.pack_version},
    )
    return run
