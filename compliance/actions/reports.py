"""Compliance reports, printed from a run."""

import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from compliance.actions.runs import keep
from compliance.assessment import Assessment, assess_period
from compliance.check_codes import new_code
from compliance.models import Report, Run
from compliance.reports.duties import Known, known_of
from compliance.reports.printing import files_of
from tenancy import audit
from tenancy.models import Area, PublicKey, User
from tenancy.periods import Period


@transaction.atomic
def build_report(*, area: Area, period: Period, by: User) -> Report:
    """Evaluate the period's last day, or today while it runs, and print it as the next version.

    Where nothing has changed since the last version, that one is the report.
    """
    Area.objects.select_for_update().get(pk=area.pk)  # versions follow one another
    assessment = assess_period(area, period)
    versions = Report.objects.filter(area=area, period=period.name)
    former: Report | None = versions.order_by("number").last()
    known = known_of(area, assessment.on, timezone.now())
    if former is not None and _says_the_same(former, assessment, known):
        return former
    return _next_version(keep(assessment=assessment, by=by), period, former, known)


def _says_the_same(former: Report, assessment: Assessment, known: Known) -> bool:
    run = former.run
    return (run.on, run.pack, run.pack_version, run.inputs_hash) == (
        assessment.on,
        assessment.pack.id,
        assessment.pack.version,
        assessment.loaded.inputs_hash,
    ) and (former.notices, former.offices) == known


def _next_version(run: Run, period: Period, former: Report | None, known: Known) -> Report:
    seq, head = audit.head()
    report = Report(
        area=run.area,
        period=period.name,
        number=former.number + 1 if former else 1,
        run=run,
        check_code=new_code(),
        audit_seq=seq,
        audit_head=head.hex(),
        requested_by=run.requested_by,
        created_at=run.created_at,
        replaces=former,
        **known._asdict(),
    )
    _archive(report)
    report.save()
    PublicKey.objects.open_paper(PublicKey.Kind.REPORT, report.check_code)
    _record_report(report)
    return report


def _archive(report: Report) -> None:
    """Make the files, and keep them side by side."""
    (pdf, workbook), name = files_of(report), secrets.token_hex(16)
    report.sha256, report.workbook_sha256 = pdf.sha256, workbook.sha256
    report.file.save(f"{name}.pdf", ContentFile(pdf.content), save=False)
    report.workbook.save(f"{name}.xlsx", ContentFile(workbook.content), save=False)


def _record_report(report: Report) -> None:
    audit.record(
        verb="build-report",
        by=report.requested_by,
        target=report,
        place=report.area.path,
        detail={
            "period": report.period,
            "number": report.number,
            "sha256": report.sha256,
            "workbook": report.workbook_sha256,
        },
    )


def content_of(report: Report) -> bytes:
    """The archived PDF."""
    return _read(report.file)


def workbook_of(report: Report) -> bytes:
    """The archived workbook."""
    if not report.workbook:
        raise FileNotFoundError
    return _read(report.workbook)


def _read(archived: FieldFile) -> bytes:
    with archived.open("rb") as file:
        content: bytes = file.read()
    return content
