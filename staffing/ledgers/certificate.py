"""证书: one row a certificate, told from others by person and level."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.ledgers import Column, Kind, Ledger, Narrowing, Reserved
from staffing.ledgers.worker import places_of
from staffing.models import Certificate
from tenancy.permissions import Permission

LEVELS = {
    "助理社会工作师": Certificate.Level.ASSISTANT,
    "社会工作师": Certificate.Level.SOCIAL_WORKER,
    "高级社会工作师": Certificate.Level.SENIOR,
}
VERIFICATIONS = {
    "已核验": Certificate.Verification.VERIFIED,
    "待核验": Certificate.Verification.PENDING,
    "未通过": Certificate.Verification.REJECTED,
}


class CertificateLedger(Ledger):
    sheet = "证书"
    title = pgettext_lazy("台账", "证书")
    rank = 60
    verb = Permission.CHANGE_WORKER
    model = Certificate
    key = ("worker", "level")
    slug = "certificates"
    shown = ("worker", "level", "number", "obtained_on", "verification", "registered_until")
    joined = ("worker",)
    unread = ("worker__identity",)
    order = ("worker__code", "level")
    words = ("worker__code", "number")
    names = ("worker__name",)
    reserved = {
        "verification": Reserved(Permission.VERIFY_CERTIFICATE, Certificate.Verification.PENDING)
    }
    periods = (("obtained_on", "registered_until"),)
    narrowings = {
        "pending": Narrowing(gettext_lazy("待核验"), lambda rows, on: rows.pending()),
        "lapsing": Narrowing(gettext_lazy("登记将到期或已到期"), lambda rows, on: rows.lapsing(on)),
    }
    # Whose certificates one may import is read off the person's placements.
    after = ("任职",)
    columns = (
        Column("人员编码", "worker", Kind.CODE, required=True, refers_to="人员"),
        Column("级别", "level", Kind.CHOICE, required=True, choices=LEVELS),
        Column("管理号", "number", Kind.CODE),
        Column("取得日期", "obtained_on", Kind.DATE, required=True),
        Column("核验状态", "verification", Kind.CHOICE, required=True, choices=VERIFICATIONS),
        Column("登记有效期至", "registered_until", Kind.DATE, note=gettext_noop("最后一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Certificate.objects.prefetch_related("worker")

    def offers(self, row: Certificate) -> Iterable[tuple[Permission, Any, str]]:
        address = reverse("staffing:certificate-verify", args=[row.pk])
        return [(Permission.VERIFY_CERTIFICATE, _("核验证书"), address)]

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return places_of(draft.instance.worker, book)
