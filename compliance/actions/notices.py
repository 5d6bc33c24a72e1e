"""Notices: issued under a document number, set as paper and as a document, withdrawn."""

import secrets
from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.check_codes import new_code
from compliance.models import Notice, NoticeFinding
from compliance.notices.choosing import Choice
from compliance.notices.papers import documented, printed_notice
from tenancy import audit
from tenancy.models import PublicKey, User


class NumberTaken(Exception):
    """Another notice in force bears the document number."""


class AlreadyWithdrawn(Exception):
    """Somebody has withdrawn the notice before."""


class Stated(TypedDict):
    """What a notice says besides its findings."""

    kind: str
    number: str
    issuer: str
    addressee: str
    signed_on: date
    deadline: date | None
    remark: str


def is_taken(number: str) -> bool:
    """Whether a notice in force bears the document number, wherever it was issued."""
    return Notice.objects.in_force().filter(number=number).exists()


@transaction.atomic
def issue_notice(*, choice: Choice, by: User, **stated: Unpack[Stated]) -> Notice:
    """Tell others about findings. A job sets the pages afterwards (`print_notice`)."""
    notice = Notice(
        area=choice.area,
        place=choice.place,
        run=choice.run,
        check_code=new_code(),
        issued_by=by,
        issued_at=timezone.now(),
        **stated,
    )
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError as error:
        if "document_number_is_unique_among_notices_in_force" not in str(error):
            raise
        raise NumberTaken(notice.number) from error
    _name(choice, notice)
    PublicKey.objects.open_paper(PublicKey.Kind.NOTICE, notice.check_code)
    _record("issue-notice", notice, by, kind=notice.kind, rows=len(choice.findings))
    return notice


def _name(choice: Choice, notice: Notice) -> None:
    NoticeFinding.objects.bulk_create(
        NoticeFinding(
            notice=notice,
            finding=one,
            order=order,
            rule=one.rule,
            kind=one.kind,
            code=one.code,
        )
        for order, one in enumerate(choice.findings, start=1)
    )


@transaction.atomic
def print_notice(*, notice: Notice, by: User) -> None:
    """Make both files, once."""
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    if row.file:
        return
    pdf, document, name = printed_notice(row), documented(row), secrets.token_hex(16)
    row.sha256, row.document_sha256 = pdf.sha256, document.sha256
    row.file.save(f"{name}.pdf", ContentFile(pdf.content), save=False)
    row.document.save(f"{name}.docx", ContentFile(document.content), save=False)
    row.save(update_fields=["file", "sha256", "document", "document_sha256"])
    _record("print-notice", row, by, sha256=row.sha256, document=row.document_sha256)


@transaction.atomic
def withdraw_notice(*, notice: Notice, reason: str, by: User) -> None:
    """Let a notice hold no longer; its paper stays genuine."""
    rows = Notice.objects.in_force().filter(pk=notice.pk)
    if not rows.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawal_reason=reason):
        raise AlreadyWithdrawn(notice.pk)
    _record("withdraw-notice", notice, by, reason=reason)


def _record(verb: str, notice: Notice, by: User, **detail: object) -> None:
    told = {"number": notice.number, **detail}
    audit.record(verb=verb, by=by, target=notice, place=notice.area.path, detail=told)
