"""Stations: each one is also a leaf of the area tree, so that grants reach it like any place."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.models import Area
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class StationQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_STATION

    def operating(self, on: date) -> Self:
        """Opened, not closed and not suspended on the day."""
        suspended = Q(suspended_from__lte=on) & (
            Q(suspended_to__isnull=True) | Q(suspended_to__gte=on)
        )
        return self.filter(_not_closed(on), opened_on__lte=on).exclude(suspended)

    def preparing(self, on: date) -> Self:
        """In preparation (筹建): to open on a later day."""
        never_opens = Q(closed_on__lte=F("opened_on"))
        return self.filter(opened_on__gt=on).exclude(never_opens)


def _not_closed(on: date) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)


class Station(TenantModel):
    """A social-work service station. `closed_on` is the first day closed, a suspension inclusive.

    `area` is its own node, a child of the street it sits in today; `StationSeat` keeps the streets
    of all days.
    """

    class Mode(models.TextChoices):
        PURCHASED = "purchased", _("购买服务")
        DIRECT_HIRE = "direct_hire", _("直聘")
        MIXED = "mixed", _("混合")

    class Kind(models.TextChoices):
        COMPREHENSIVE = "comprehensive", _("综合站")
        SPECIALISED = "specialised", _("专业站")

    code = models.CharField(_("站点编码"), max_length=32)
    name = models.CharField(_("名称"), max_length=100)
    sort_name = models.CharField(max_length=200, default="", blank=True, editable=False)
    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="stations")
    mode = models.CharField(_("运营模式"), max_length=20, choices=Mode)
    kind = models.CharField(_("站点类型"), max_length=20, choices=Kind, blank=True, default="")
    operator = TenantForeignKey(
        "tenancy.Organisation", models.PROTECT, null=True, blank=True, related_name="stations"
    )
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    area_m2 = models.DecimalField(_("面积"), max_digits=10, decimal_places=2, null=True, blank=True)
    opened_on = models.DateField(_("启用日期"))
    suspended_from = models.DateField(_("暂停起"), null=True, blank=True)
    suspended_to = models.DateField(_("暂停止"), null=True, blank=True)
    closed_on = models.DateField(_("关闭日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StationQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("社工站")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="station_code_is_unique"),
            models.UniqueConstraint(fields=["tenant", "area"], name="a_station_has_its_own_area"),
            not_before("closed_on", "opened_on", name="station_does_not_close_before_it_opens"),
            models.CheckConstraint(
                condition=Q(suspended_to__isnull=True)
                | Q(suspended_from__isnull=False, suspended_to__gte=F("suspended_from")),
                name="station_suspension_has_a_start_and_does_not_end_before_it",
            ),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | Q(area_m2__gte=0),
                name="station_floor_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def street(self) -> Area | None:
        """The street it sits in today, or is to sit in once the row is stored."""
        chosen: Area | None = self.__dict__.get("_street")
        if chosen is None and self.area_id is not None:
            chosen = self.area.parent
        return chosen

    @street.setter
    def street(self, street: Area) -> None:
        self.__dict__["_street"] = street

    @property
    def place(self) -> str:
        """The path where it is, or is to be: its own node, else the street it is put into."""
        node = self.street if self.area_id is None or self.moves else self.area
        return node.path if node else ""

    @property
    def moves(self) -> bool:
        """Whether another street was chosen than the one it stands in."""
        street = self.street
        return self.area_id is not None and street is not None and street != self.area.parent
