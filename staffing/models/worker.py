"""The roster. A person is visible wherever one of their placements is, else at their home."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.identity import EncryptedTextField, mask_identity, mask_name
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.models import Appointment
from tenancy.permissions import Permission, roles_with
from tenancy.scoping import ScopedQuerySet, within

if TYPE_CHECKING:
    from staffing.models.placement import PlacementQuerySet
    from tenancy.models import User


class WorkerQuerySet(ScopedQuerySet):
    """Many places: EXISTS on any placement that has not ended, never a join.

    Somebody without such a placement is visible at `home` (the authority above the street of the
    last one) and to those who hold the verb for the employer.
    """

    area_path = "home__path"
    view_permission = Permission.VIEW_WORKER

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        verb = permission or self.view_permission
        employed = ~_placed() & Exists(_offices_at_the_employer(user, verb))
        return self.filter(self.reachable(user.paths_where(verb)) | employed)

    def reachable(self, paths: tuple[str, ...]) -> Q:
        placed_inside = Exists(_unended().filter(within("post__station__area__path", paths)))
        return placed_inside | (~_placed() & within(self.area_path, paths))


def _unended() -> "PlacementQuerySet":
    from staffing.models.placement import Placement

    rows: PlacementQuerySet = Placement.objects.unended().filter(worker=OuterRef("pk"))
    return rows


def _placed() -> Exists:
    return Exists(_unended())


def _offices_at_the_employer(user: "User", verb: Permission) -> models.QuerySet[Appointment]:
    offices: models.QuerySet[Appointment] = Appointment.objects.in_force(
        timezone.localdate()
    ).filter(user=user, role__in=roles_with(verb), organisation=OuterRef("employer"))
    return offices


class Worker(TenantModel):
    """A person on the roster. `left_on` is the last day."""

    class Sex(models.TextChoices):
        MALE = "male", _("男")
        FEMALE = "female", _("女")

    class Channel(models.TextChoices):
        PURCHASED = "purchased", _("购买服务")
        DOUBLE_HUNDRED = "double_hundred", _("双百直聘")
        OTHER = "other", _("其他")

    code = models.CharField(_("人员编码"), max_length=32)
    name = models.CharField(_("姓名"), max_length=60)
    sort_name = models.CharField(max_length=200, default="", blank=True, editable=False)
    identity = EncryptedTextField(_("身份证号"), blank=True, default="")
    identity_fingerprint = models.CharField(max_length=64, default="", blank=True, editable=False)
    sex = models.CharField(_("性别"), max_length=10, choices=Sex, blank=True, default="")
    education = models.CharField(_("学历"), max_length=30, blank=True, default="")
    is_social_worker = models.BooleanField(_("是否社工"), default=True)
    channel = models.CharField(_("用工渠道"), max_length=20, choices=Channel)
    employer = TenantForeignKey(
        "tenancy.Organisation", models.PROTECT, null=True, blank=True, related_name="workers"
    )
    hired_on = models.DateField(_("入职日期"))
    left_on = models.DateField(_("离职日期"), null=True, blank=True)
    home = TenantForeignKey("tenancy.Area", models.PROTECT, editable=False, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = WorkerQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("人员")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="worker_code_is_unique"),
            models.UniqueConstraint(
                fields=["tenant", "identity_fingerprint"],
                condition=~Q(identity_fingerprint=""),
                name="an_identity_number_belongs_to_one_worker",
            ),
            not_before("left_on", "hired_on", name="worker_does_not_leave_before_being_hired"),
        ]

    def __str__(self) -> str:
        return self.masked_name

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_identity(self) -> str:
        return mask_identity(self.identity) if self.identity else ""
