"""How the tenant has records filed: its two clocks, who looks first, and how long one may mend."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filings.models.everywhere import EverywhereQuerySet
from tenancy.isolation import TenantModel

DAYS = [MinValueValidator(1), MaxValueValidator(28)]


class FilingPolicyQuerySet(EverywhereQuerySet):
    def current(self: Self) -> "FilingPolicy":
        """The tenant's, or the defaults while it has set none."""
        return self.first() or FilingPolicy()


class FilingPolicy(TenantModel):
    """Days of the month after the one reported, before they are shifted to workdays."""

    due_day = models.PositiveSmallIntegerField(_("应报日"), default=5, validators=DAYS)
    lock_day = models.PositiveSmallIntegerField(_("锁定日"), default=15, validators=DAYS)
    street_first = models.BooleanField(_("先由镇街审核"), default=True)
    withdraw_minutes = models.PositiveSmallIntegerField(
        _("可撤回（分钟）"), default=10, validators=[MaxValueValidator(1440)]
    )
    return_workdays = models.PositiveSmallIntegerField(
        _("退改期限（工作日）"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    version = models.PositiveIntegerField(default=1)

    objects = FilingPolicyQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("月报规则")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="a_tenant_has_one_filing_policy"),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lt=F("lock_day"), lock_day__lte=28),
                name="records_are_due_before_they_are_locked",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
