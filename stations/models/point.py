"""Service points: where a station's people work in the communities."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class PointQuerySet(ScopedQuerySet):
    area_path = "station__area__path"
    view_permission = Permission.VIEW_STATION

    def open(self, on: date) -> Self:
        """Opened and not yet closed on the day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), opened_on__lte=on)


class Point(TenantModel):
    """A point of one station and the communities it covers. `closed_on` is the first day closed."""

    code = models.CharField(_("社工点编码"), max_length=32)
    name = models.CharField(_("名称"), max_length=100)
    station = TenantForeignKey("stations.Station", models.PROTECT, related_name="points")
    communities = models.ManyToManyField(
        "tenancy.Area", through="stations.PointCommunity", related_name="points"
    )
    opened_on = models.DateField(_("启用日期"))
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PointQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("社工点")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="point_code_is_unique"),
            # What posts refer to: a post at a point is a post of the point's own station.
            models.UniqueConstraint(
                fields=["tenant", "id", "station"], name="point_key_carries_its_station"
            ),
            not_before("closed_on", "opened_on", name="point_does_not_close_before_it_opens"),
        ]

    def __str__(self) -> str:
        return self.name


class PointCommunityQuerySet(ScopedQuerySet):
    area_path = "point__station__area__path"
    view_permission = Permission.VIEW_STATION


class PointCommunity(TenantModel):
    """A community that a point covers."""

    point = TenantForeignKey(Point, models.CASCADE, related_name="coverage")
    community = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")

    objects = PointCommunityQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("社工点覆盖村居")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "point", "community"], name="a_point_covers_a_community_once"
            )
        ]
