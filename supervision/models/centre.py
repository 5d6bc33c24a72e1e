"""Supervision centres: whom the city has entrusted with supervising its stations' people."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class SupervisionCentreQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_SUPERVISION

    def in_force(self, on: date) -> Self:
        """Centres under contract on the day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class SupervisionCentre(TenantModel):
    """A centre, the organisation entrusted with it and its contract; both dates inclusive."""

    name = models.CharField(_("名称"), max_length=100)
    organisation = TenantForeignKey(
        "tenancy.Organisation", models.PROTECT, related_name="supervision_centres"
    )
    area = TenantForeignKey("tenancy.Area", models.PROTECT, editable=False, related_name="+")
    starts_on = models.DateField(_("合同起"))
    ends_on = models.DateField(_("合同止"))
    version = models.PositiveIntegerField(default=1)

    objects = SupervisionCentreQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("督导中心")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"], name="supervision_centre_name_is_unique"
            ),
            not_before(
                "ends_on", "starts_on", name="centre_contract_does_not_end_before_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name
