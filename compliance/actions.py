"""What is written: runs and reports."""

import secrets
from collections.abc import Iterable
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from compliance.assessment import Assessment, assess, chosen_pack
from compliance.models import Report, Run, RunFinding, Tally
from compliance.periods import Period
from compliance.reports.printing import printed
from compliance.tallies import Count
from tenancy import audit
from tenancy.models import Area, User

BATCH = 1000
# Read aloud over the telephone: no 0 O 1 I L U.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class PeriodNotBegun(Exception):
    """A report looks back; the period lies ahead."""


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


@transaction.atomic
def build_report(*, area: Area, period: Period, by: User) -> Report:
    """Evaluate the period's last day, or today while it runs, and print it as the next version.

    Where nothing has changed since the last version, that one is the report.
    """
    on = min(period.last, timezone.localdate())
    if on < period.first:
        raise PeriodNotBegun(period.name)
    Area.objects.select_for_update().get(pk=area.pk)  # versions follow one another
    assessment = assess(area, on, chosen_pack(area.tenant, on))
    versions = Report.objects.filter(area=area, period=period.name)
    former: Report | None = versions.order_by("number").last()
    if former is not None and _says_the_same(former.run, assessment):
        return former
    return _next_version(keep(assessment=assessment, by=by), period, former)


def _says_the_same(run: Run, assessment: Assessment) -> bool:
    return (run.on, run.pack, run.pack_version, run.inputs_hash) == (
        assessment.on,
        assessment.pack.id,
        assessment.pack.version,
        assessment.loaded.inputs_hash,
    )


def _next_version(run: Run, period: Period, former: Report | None) -> Report:
    seq, head = audit.head()
    report = Report(
        area=run.area,
        period=period.name,
        number=former.number + 1 if former else 1,
        run=run,
        check_code=_check_code(),
        audit_seq=seq,
        audit_head=head.hex(),
        requested_by=run.requested_by,
        created_at=run.created_at,
        replaces=former,
    )
    pdf = printed(report)
    report.sha256 = pdf.sha256
    report.file.save(f"{secrets.token_hex(16)}.pdf", ContentFile(pdf.content), save=False)
    report.save()
    _record_report(report)
    return report


def _record_report(report: Report) -> None:
    audit.record(
        verb="build-report",
        by=report.requested_by,
        target=report,
        place=report.area.path,
        detail={"period": report.period, "number": report.number, "sha256": report.sha256},
    )


def _check_code() -> str:
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def content_of(report: Report) -> bytes:
    """The archived PDF."""
    with report.file.open("rb") as file:
        content: bytes = file.read()
    return content
