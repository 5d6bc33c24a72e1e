"""What a place's records of a month add up to, kept by whoever changes a record."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filings.models.fields import FiguresField
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class AreaMonthQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_RECORD


class AreaMonth(TenantModel):
    """One row a place and month, from the street up, in the tree of the month's last day.

    `due` counts the records of the month, `filed` those that lie with a reviewer or beyond,
    `on_time` those first filed by their due day, `returned` those sent back and not filed again,
    `accepted` those whose numbers are in `figures`.
    """

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="months")
    month = models.DateField(_("月份"))
    due = models.PositiveIntegerField(_("应报"), default=0)
    filed = models.PositiveIntegerField(_("已报"), default=0)
    on_time = models.PositiveIntegerField(_("按时"), default=0)
    returned = models.PositiveIntegerField(_("退回"), default=0)
    accepted = models.PositiveIntegerField(_("已接收"), default=0)
    figures = FiguresField(default=dict)

    objects = AreaMonthQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("月报汇总")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "area", "month"], name="a_place_has_one_total_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="totals_are_of_whole_months"),
            models.CheckConstraint(
                condition=Q(filed__lte=F("due"), accepted__lte=F("filed"), on_time__lte=F("due")),
                name="no_more_records_are_filed_than_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
