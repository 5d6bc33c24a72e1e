"""Posts: administrative ones belong at the station, service ones at a point."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class PostQuerySet(ScopedQuerySet):
    area_path = "station__area__path"
    view_permission = Permission.VIEW_STATION

    def existing(self, on: date) -> Self:
        """Set up and not abolished on the day; the day of abolition still counts."""
        return self.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gte=on), set_on__lte=on)


class Post(TenantModel):
    """A post at a station or at one of its points. `abolished_on` is its last day."""

    class Kind(models.TextChoices):
        ADMIN = "admin", _("事务性")
        SERVICE = "service", _("服务性")

    code = models.CharField(_("岗位编码"), max_length=32)
    station = TenantForeignKey("stations.Station", models.PROTECT, related_name="posts")
    # The database refuses another station's point (see the migration).
    point = TenantForeignKey(
        "stations.Point", models.PROTECT, null=True, blank=True, related_name="posts"
    )
    kind = models.CharField(_("岗位类别"), max_length=20, choices=Kind)
    title = models.CharField(_("岗位名称"), max_length=60, blank=True, default="")
    set_on = models.DateField(_("设置日期"))
    abolished_on = models.DateField(_("撤销日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PostQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("岗位")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="post_code_is_unique"),
            not_before("abolished_on", "set_on", name="post_is_not_abolished_before_it_is_set"),
        ]

    def __str__(self) -> str:
        return self.title or self.code
