"""An assessment as the rows of a run: not stored here, so that a preview is made of them too."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from compliance.assessment import Assessment
from compliance.models import Run, RunFinding, Tally
from tenancy.models import User


def run_of(assessment: Assessment, by: User) -> Run:
    """What was looked at, and when."""
    return Run(
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


def findings_of(run: Run, assessment: Assessment) -> Iterator[RunFinding]:
    """What is worth keeping, at the place of its subject."""
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


def tallies_of(run: Run, assessment: Assessment) -> Iterable[Tally]:
    """What was counted, by area."""
    for area, count in assessment.tallies.items():
        yield Tally(
            run=run,
            area_id=area,
            streets=count.streets,
            covered=count.covered,
            workers=len(count.workers),
            certified=len(count.certified),
            people_missing=count.people_missing,
            heads_present=count.heads_present,
            heads_agreed=count.heads_agreed,
            counts=count.as_counts(),
        )
