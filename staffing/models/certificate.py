"""Certificates of social workers, and whether anybody has verified them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staffing.models.worker import Worker
from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from tenancy.models import User

# Who keeps the roster is told so long before a registration lapses.
NOTICE = timedelta(days=90)


class CertificateQuerySet(ScopedQuerySet):
    """Visible with its holder."""

    view_permission = Permission.VIEW_WORKER

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        holders = Worker.objects.visible_to(user, permission or self.view_permission)
        return self.filter(worker__in=holders)

    def reachable(self, paths: tuple[str, ...]) -> Q:
        return Q(worker__in=Worker.objects.filter(Worker.objects.all().reachable(paths)))

    def pending(self) -> Self:
        return self.filter(verification=Certificate.Verification.PENDING)

    def lapsing(self, on: date) -> Self:
        """Registrations of people on the roster that lapse within the notice, or have lapsed."""
        stays = Q(worker__left_on=None) | Q(worker__left_on__gte=on)
        return self.filter(stays, registered_until__lte=on + NOTICE)


class Certificate(TenantModel):
    """One level's certificate of one person. `registered_until` is the last day registered."""

    class Level(models.TextChoices):
        ASSISTANT = "assistant", _("助理社会工作师")
        SOCIAL_WORKER = "social_worker", _("社会工作师")
        SENIOR = "senior", _("高级社会工作师")

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("已核验")
        PENDING = "pending", _("待核验")
        REJECTED = "rejected", _("未通过")

    worker = TenantForeignKey("staffing.Worker", models.PROTECT, related_name="certificates")
    level = models.CharField(_("级别"), max_length=20, choices=Level)
    number = models.CharField(_("管理号"), max_length=40, blank=True, default="")
    obtained_on = models.DateField(_("取得日期"))
    verification = models.CharField(_("核验状态"), max_length=20, choices=Verification)
    registered_until = models.DateField(_("登记有效期至"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CertificateQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("证书")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker", "level"], name="a_worker_holds_a_level_once"
            ),
            not_before(
                "registered_until",
                "obtained_on",
                name="registration_does_not_lapse_before_the_certificate",
            ),
        ]
