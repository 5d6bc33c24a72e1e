"""Purchased projects: what was bought for a station, from whom, for how long and how much."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet

LONGEST_TERM = 20
MOST_HEADS = 10_000


class ProjectQuerySet(ScopedQuerySet):
    area_path = "station__area__path"
    view_permission = Permission.VIEW_PROJECT


class Project(TenantModel):
    """A project of one station. Its number is its name in every ledger and never changes."""

    number = models.CharField(_("项目编号"), max_length=40)
    station = TenantForeignKey("stations.Station", models.PROTECT, related_name="projects")
    operator = TenantForeignKey("tenancy.Organisation", models.PROTECT, related_name="projects")
    years = models.PositiveSmallIntegerField(
        _("服务年限"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TERM)]
    )
    price_claimed = models.DecimalField(
        _("经费标准"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    agreed_heads = models.PositiveIntegerField(
        _("约定人数"), validators=[MinValueValidator(1), MaxValueValidator(MOST_HEADS)]
    )
    annual_budget = models.DecimalField(_("年度预算"), max_digits=14, decimal_places=2)
    total = models.DecimalField(_("总额"), max_digits=14, decimal_places=2, null=True, blank=True)
    min_hours = models.DecimalField(
        _("年度最低工时"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    starts_on = models.DateField(_("起始日期"))
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("购买服务项目")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="project_number_is_unique"),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=LONGEST_TERM),
                name="project_runs_for_1_to_20_years",
            ),
            models.CheckConstraint(
                condition=Q(agreed_heads__gte=1), name="project_agrees_on_somebody"
            ),
            models.CheckConstraint(
                condition=Q(annual_budget__gte=0)
                & (Q(price_claimed__isnull=True) | Q(price_claimed__gte=0))
                & (Q(total__isnull=True) | Q(total__gte=0))
                & (Q(min_hours__isnull=True) | Q(min_hours__gte=0)),
                name="project_figures_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.number
