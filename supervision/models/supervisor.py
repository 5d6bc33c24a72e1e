"""Supervisors: an ability of experienced people, never a rank."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, within

if TYPE_CHECKING:
    from tenancy.models import User


class SupervisorQuerySet(ScopedQuerySet):
    """Many places: the home (whoever entered them), and wherever they are assigned today."""

    area_path = "home__path"
    view_permission = Permission.VIEW_SUPERVISION

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        return self.filter(self.reachable(user.paths_where(permission or self.view_permission)))

    def reachable(self, paths: tuple[str, ...]) -> Q:
        from supervision.models.assignment import Assignment

        open_ones = Assignment.objects.unended(timezone.localdate()).to_places(paths)
        assigned = Exists(open_ones.filter(supervisor=OuterRef("pk")))
        return within(self.area_path, paths) | Q(assigned)


class Supervisor(TenantModel):
    """Somebody who supervises; both dates inclusive."""

    class Nature(models.TextChoices):
        MANAGER = "manager", _("管理")
        FULL_TIME = "full_time", _("专职")
        EXTERNAL = "external", _("外聘")

    code = models.CharField(_("督导编码"), max_length=32)
    name = models.CharField(_("姓名"), max_length=60)
    sort_name = models.CharField(max_length=200, default="", blank=True, editable=False)
    nature = models.CharField(_("性质"), max_length=20, choices=Nature)
    centre = TenantForeignKey(
        "supervision.SupervisionCentre",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supervisors",
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    home = TenantForeignKey("tenancy.Area", models.PROTECT, editable=False, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = SupervisorQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("督导人员")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="supervisor_code_is_unique"),
            not_before("ends_on", "starts_on", name="supervisor_does_not_end_before_they_start"),
        ]

    def __str__(self) -> str:
        return self.name
