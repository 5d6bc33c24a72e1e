"""Certified shares of project years that ended before the ledgers begin."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procurement.models import LONGEST_TERM
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class OpeningFigureQuerySet(ScopedQuerySet):
    area_path = "project__station__area__path"
    view_permission = Permission.VIEW_PROJECT


class OpeningFigure(TenantModel):
    """How many were certified of how many on the last day of a project year, as attested."""

    project = TenantForeignKey(
        "procurement.Project", models.PROTECT, related_name="opening_figures"
    )
    year = models.PositiveSmallIntegerField(_("项目年度"), validators=[MinValueValidator(1)])
    certified = models.PositiveIntegerField(_("持证人数"))
    workers = models.PositiveIntegerField(_("在岗社工人数"), validators=[MinValueValidator(1)])
    document = models.FileField(_("证明文件"), upload_to="openings/%Y/%m", max_length=200)
    attested_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    attested_at = models.DateTimeField(_("登记时间"))

    objects = OpeningFigureQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("期初持证数")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "project", "year"], name="a_project_year_opens_once"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1, year__lt=LONGEST_TERM),
                name="opening_figure_is_of_a_year_that_another_follows",
            ),
            models.CheckConstraint(
                condition=Q(workers__gte=1, certified__lte=F("workers")),
                name="opening_figure_counts_some_of_many",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year} {self.certified}/{self.workers}"
