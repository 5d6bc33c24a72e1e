"""Notices: what an authority tells others in writing about findings, under a document number."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from compliance.models.run import PERSON
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, within

if TYPE_CHECKING:
    from tenancy.models import User

# 穗民函〔2026〕12号: six-angle brackets, no 第, no leading zero.
NUMBER = "^[一-龥]{1,20}〔20[0-9]{2}〕[1-9][0-9]{0,4}号$"
NUMBER_FORM = RegexValidator(NUMBER, _("写成“穗民函〔2026〕12号”：六角括号，不加“第”，不补零。"))


class NoticeQuerySet(ScopedQuerySet):
    """Whoever may see every finding that a notice names reads it; who issued it does the rest."""

    area_path = "area__path"
    view_permission = Permission.VIEW_FINDING

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        if permission not in (None, self.view_permission):
            return super().visible_to(user, permission)
        paths = user.paths_where(self.view_permission)
        of_people = user.paths_where(Permission.VIEW_WORKER)
        if not paths:
            return self.none()
        # Mostly one place holds them all, so that nobody need look at each.
        rows = self.filter(within("place__path", paths) | ~Exists(_outside(paths)))
        if paths == of_people:
            return rows
        return rows.filter(~Exists(_outside(of_people, kind=PERSON)))

    def naming(self, rule: str, kind: str, code: str) -> Self:
        """Those that name a finding by its identity."""
        named = NoticeFinding.objects.filter(notice=OuterRef("pk"), rule=rule, kind=kind, code=code)
        return self.filter(Exists(named))

    def in_force(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_force_at(self, moment: datetime) -> Self:
        """Those that stood at the moment."""
        still = Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment)
        return self.filter(still, issued_at__lte=moment)


def _outside(paths: tuple[str, ...], **lookup: str) -> "NoticeFindingQuerySet":
    """What the notice at hand names beyond the paths."""
    named = NoticeFinding.objects.filter(notice=OuterRef("pk"), **lookup)
    return named.exclude(within("finding__place__path", paths))


class Notice(TenantModel):
    """What the authority of `area` tells about findings that all lie at `place` or below it."""

    class Kind(models.TextChoices):
        RECTIFICATION = "rectification", _("整改通知书")
        BULLETIN = "bulletin", _("情况通报")

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    place = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    run = TenantForeignKey("compliance.Run", models.PROTECT, related_name="notices")
    kind = models.CharField(_("文种"), max_length=20, choices=Kind)
    number = models.CharField(
        _("发文字号"),
        max_length=40,
        validators=[NUMBER_FORM],
    )
    issuer = models.CharField(_("发文机关"), max_length=60)
    addressee = models.CharField(_("主送机关"), max_length=200)
    signed_on = models.DateField(_("成文日期"))
    deadline = models.DateField(_("整改期限"), null=True, blank=True)
    remark = models.TextField(_("补充说明"), max_length=1000, blank=True, default="")
    check_code = models.CharField(_("校验码"), max_length=19)
    # Empty until a job has set the pages.
    file = models.FileField(upload_to="notices/%Y/%m", max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    document = models.FileField(upload_to="notices/%Y/%m", max_length=200, blank=True, default="")
    document_sha256 = models.CharField(max_length=64, blank=True, default="")
    issued_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("出具时间"))
    withdrawn_by = TenantForeignKey(
        "tenancy.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回理由"), max_length=200, blank=True, default="")

    objects = NoticeQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("通知")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"],
                condition=Q(withdrawn_at=None),
                name="document_number_is_unique_among_notices_in_force",
            ),
            models.UniqueConstraint(
                fields=["tenant", "check_code"], name="notice_check_code_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=NUMBER), name="document_number_has_its_form"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="rectification", deadline__isnull=False, deadline__gt=F("signed_on")
                )
                | Q(kind="bulletin", deadline__isnull=True),
                name="a_rectification_has_a_deadline_after_its_day_a_bulletin_none",
            ),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(addressee=""),
                name="notice_says_from_whom_and_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="", document="", document_sha256="")
                | (~Q(file="") & ~Q(sha256="") & ~Q(document="") & ~Q(document_sha256="")),
                name="notice_has_both_its_files_or_none",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                   & ~Q(withdrawal_reason="")),
                name="notice_withdrawal_has_actor_time_and_reason",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["tenant", "-issued_at"], name="notice_by_time")]

    def __str__(self) -> str:
        return self.number


class NoticeFindingQuerySet(ScopedQuerySet):
    area_path = "finding__place__path"
    view_permission = Permission.VIEW_FINDING


class NoticeFinding(TenantModel):
    """A finding that a notice names: by its identity, which later runs share, and as it stood."""

    notice = TenantForeignKey(Notice, models.CASCADE, related_name="named")
    finding = TenantForeignKey("compliance.RunFinding", models.PROTECT, related_name="named")
    order = models.PositiveSmallIntegerField(_("序号"))
    rule = models.CharField(_("规则"), max_length=20)
    kind = models.CharField(_("对象类别"), max_length=20)
    code = models.CharField(_("对象编码"), max_length=60)

    objects = NoticeFindingQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("通知所列事项")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "notice", "rule", "kind", "code"],
                name="a_notice_names_a_finding_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "notice", "order"], name="a_notice_numbers_its_findings"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "rule", "kind", "code"], name="noticed_by_identity")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.code}"
