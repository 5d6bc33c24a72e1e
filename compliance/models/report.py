"""Compliance reports: an archive of versions, each printed from one run."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class ReportQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_FINDING

    def with_successor(self) -> Self:
        """Each with the number of the version that replaced it, as `replaced_by` (0: none)."""
        return self.annotate(
            replaced_by=Coalesce(F("successors__number"), 0),
            replaced_at=F("successors__created_at"),
        )

    def before(self, report: "Report") -> "Report | None":
        """The newest of those on earlier days that were there when the report was made."""
        rows = self.filter(
            area=report.area_id, run__pack=report.run.pack, run__on__lt=report.run.on
        )
        if report.pk:
            rows = rows.filter(pk__lt=report.pk)
        found: Report | None = rows.select_related("run").order_by("run__on", "pk").last()
        return found


class Report(TenantModel):
    """One version of an area's report on a period, and what stands in its footer."""

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    period = models.CharField(_("周期"), max_length=7)
    number = models.PositiveIntegerField(_("版次"))
    run = TenantForeignKey("compliance.Run", models.PROTECT, related_name="reports")
    check_code = models.CharField(_("校验码"), max_length=19)
    audit_seq = models.PositiveBigIntegerField()
    audit_head = models.CharField(max_length=64)
    file = models.FileField(upload_to="reports/%Y/%m", max_length=200)
    sha256 = models.CharField(max_length=64)
    # Empty where the report is older than its workbook.
    workbook = models.FileField(upload_to="reports/%Y/%m", max_length=200, blank=True, default="")
    workbook_sha256 = models.CharField(max_length=64, blank=True, default="")
    # Who answers for what, as it was known when the report was made: notices in force, and offices
    # by the path of an area or the number of a project.
    notices = ArrayField(models.BigIntegerField(), default=list, blank=True)
    offices = models.JSONField(default=dict, blank=True)
    requested_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("生成时间"))
    replaces = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )

    objects = ReportQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("合规报告")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "area", "period", "number"], name="report_version_is_unique"
            ),
            models.UniqueConstraint(
                fields=["tenant", "replaces"], name="a_report_is_replaced_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "check_code"], name="report_check_code_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.period} {self.number}"
