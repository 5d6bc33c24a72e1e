"""Notices for tests; they belong to the tenant in force."""

from datetime import date

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from compliance import actions
from compliance.models import Notice, NoticeFinding
from compliance.notices.choosing import chosen
from tests.factories import AreaFactory, RunFactory, RunFindingFactory, UserFactory


class NoticeFactory(DjangoModelFactory):
    """A district asks for rectification; it names what `NoticeFindingFactory` adds."""

    class Meta:
        model = Notice

    area = factory.SubFactory(AreaFactory)
    place = factory.SelfAttribute("area")
    run = factory.SubFactory(RunFactory, area=factory.SelfAttribute("..area"))
    kind = Notice.Kind.RECTIFICATION
    number = factory.Sequence(lambda n: f"示例民函〔2026〕{n + 1}号")
    issuer = "示例区民政局"
    addressee = "示例社会工作服务中心"
    signed_on = date(2026, 1, 5)
    deadline = factory.LazyAttribute(
        lambda notice: None if notice.kind == Notice.Kind.BULLETIN else date(2026, 2, 4)
    )
    check_code = factory.Sequence(lambda n: f"NOTE-NOTE-NOTE-{n:04d}")
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-", "notice.pdf"))
    sha256 = "0" * 64
    document = factory.LazyFunction(lambda: ContentFile(b"PK", "notice.docx"))
    document_sha256 = "0" * 64
    issued_by = factory.SubFactory(UserFactory)
    issued_at = factory.LazyFunction(timezone.now)


class NoticeFindingFactory(DjangoModelFactory):
    class Meta:
        model = NoticeFinding

    notice = factory.SubFactory(NoticeFactory)
    finding = factory.SubFactory(
        RunFindingFactory,
        run=factory.SelfAttribute("..notice.run"),
        place=factory.SelfAttribute("..notice.place"),
    )
    order = factory.Sequence(lambda n: n + 1)
    rule = factory.SelfAttribute("finding.rule")
    kind = factory.SelfAttribute("finding.kind")
    code = factory.SelfAttribute("finding.code")


def stated(**changes):
    """What a form on a notice says, right in every field."""
    return {
        "kind": "rectification",
        "number": "穗民函〔2026〕12号",
        "issuer": "广州市民政局",
        "addressee": "示例社会工作服务中心",
        "signed_on": date(2026, 2, 1),
        "deadline": date(2026, 3, 3),
        "remark": "",
    } | changes


def issued(by, rows, **changes):
    """A notice on these findings, its files not yet made."""
    choice = chosen(by, [str(row.pk) for row in rows])
    return actions.issue_notice(choice=choice, by=by, **stated(**changes))
