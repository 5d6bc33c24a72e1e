"""The contracts of a project: one is signed for each year."""

from datetime import date, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from procurement.models.project import LONGEST_TERM, MOST_HEADS
from tenancy.constraints import no_overlap, not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet

# Who runs the project is told so long before a contract ends.
NOTICE = timedelta(days=90)


class ContractQuerySet(ScopedQuerySet):
    area_path = "project__station__area__path"
    view_permission = Permission.VIEW_PROJECT

    def running_out(self, on: date) -> Self:
        """The last contract of a project with years to go, within the notice of its end or past."""
        later = Contract.objects.filter(
            project=OuterRef("project"), year_no__gt=OuterRef("year_no")
        )
        goes_on = Q(year_no__lt=F("project__years"))
        return self.filter(~Exists(later), goes_on, ends_on__lte=on + NOTICE)


class Contract(TenantModel):
    """One contract year of a project; both dates inclusive.

    Where it names no agreed heads of its own, the project's hold. `supplement` is the sum of all
    supplementary contracts, `noticed_on` the day of the award notice.
    """

    project = TenantForeignKey("procurement.Project", models.PROTECT, related_name="contracts")
    year_no = models.PositiveSmallIntegerField(
        _("年度序号"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TERM)]
    )
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("结束日期"))
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)
    amount = models.DecimalField(_("金额"), max_digits=14, decimal_places=2)
    agreed_heads = models.PositiveIntegerField(
        _("年度约定人数"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HEADS)],
    )
    noticed_on = models.DateField(_("中标通知日期"), null=True, blank=True)
    supplement = models.DecimalField(
        _("补充金额"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    objects = ContractQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("年度合同")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "project", "year_no"], name="a_project_year_has_one_contract"
            ),
            not_before("ends_on", "starts_on", name="contract_does_not_end_before_it_starts"),
            no_overlap(
                "project",
                start="starts_on",
                end="ends_on",
                name="contracts_of_a_project_do_not_overlap",
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(year_no__gte=1, year_no__lte=LONGEST_TERM),
                name="contract_year_is_1_to_20",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & (Q(supplement__isnull=True) | Q(supplement__gte=0))
                & (Q(agreed_heads__isnull=True) | Q(agreed_heads__gte=1)),
                name="contract_figures_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How findings and people name it: the project's number and the year."""
        return f"{self.project.number}/{self.year_no}"
