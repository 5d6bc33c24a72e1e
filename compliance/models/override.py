"""Parameters of rules that an authority has changed for its area, by a published instrument."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import both_or_neither, no_overlap, not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from tenancy.models import User


class OverrideQuerySet(ScopedQuerySet):
    """An override is known at its area and below it: also to those who stand lower down."""

    area_path = "area__path"
    view_permission = Permission.VIEW_FINDING

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        own = super().visible_to(user, permission)
        if permission not in (None, self.view_permission):
            return own
        paths = user.paths_where(self.view_permission)
        return self.filter(self.reachable(paths) | Q(area__path__in=_above(paths)))


def _above(paths: tuple[str, ...]) -> set[str]:
    slugs = [path.rstrip("/").split("/") for path in paths]
    return {"/".join(one[:depth]) + "/" for one in slugs for depth in range(1, len(one))}


class Override(TenantModel):
    """A value that holds at an area and below it; both dates inclusive, no end where null."""

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    rule = models.CharField(_("规则"), max_length=20)
    parameter = models.CharField(_("参数"), max_length=40)
    value = models.CharField(_("值"), max_length=200)
    valid_from = models.DateField(_("施行日期"))
    valid_to = models.DateField(_("最后有效日"), null=True, blank=True)
    instrument = models.CharField(_("依据文件"), max_length=200)
    document = models.FileField(_("文件原件"), upload_to="overrides/%Y/%m", max_length=200)
    made_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("登记时间"))
    ended_by = TenantForeignKey(
        "tenancy.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("参数调整")
        constraints = [
            not_before("valid_to", "valid_from", name="override_does_not_end_before_it_begins"),
            no_overlap(
                *("area", "rule", "parameter"),
                start="valid_from",
                end="valid_to",
                name="an_area_overrides_a_parameter_once_a_day",
            ),
            both_or_neither("ended_at", "ended_by", name="override_end_has_actor_and_time"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.parameter} {self.value}"
