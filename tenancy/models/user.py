"""People who sign in. Shared, because log-in comes before the tenant is known."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenancyClass
from tenancy.permissions import Permission
from tenancy.scoping import outermost

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._@-]*$", _("账号只用小写字母、数字和 . _ - @ 。"))


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(
        self, user: "User", permission: Permission = Permission.VIEW_APPOINTMENT
    ) -> Self:
        """People of the user's tenant who hold, or held, an office inside the user's areas."""
        from tenancy.models.appointment import Appointment

        offices = Appointment.objects.visible_to(user, permission).filter(user=OuterRef("pk"))
        return self.filter(Q(tenant=user.tenant_id, is_system=False) & Exists(offices))

    def system(self, tenant: Any) -> "User":
        """The named user in whose name commands and beat act."""
        return self.get(tenant=tenant, is_system=True)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    pass


class User(AbstractBaseUser):
    """A person of one tenant (or a platform administrator, who sees no tenant's data)."""

    tenancy = TenancyClass.SHARED
    # No Django groups and no superuser who passes every check: verbs come from appointments.
    is_superuser = False
    is_staff = False

    username = models.CharField(_("账号"), max_length=60, unique=True, validators=[USERNAME])
    name = models.CharField(_("姓名"), max_length=60)
    tenant = models.ForeignKey(
        "tenancy.Tenant", models.PROTECT, null=True, blank=True, related_name="users"
    )
    is_system = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    password_expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True, default="")
    large_text = models.BooleanField(_("大字"), default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("账号")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="user_key_carries_the_tenant"),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_system=True), name="one_system_user_per_tenant"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.ended_at is None

    @cached_property
    def _paths(self) -> dict[Permission, tuple[str, ...]]:
        return {}

    def paths_where(self, permission: Permission) -> tuple[str, ...]:
        """Outermost paths at which the user holds the permission today; one query a permission.

        Kept for the life of this object, that is for one request.
        """
        if permission not in self._paths:
            self._paths[permission] = outermost(self._granted(permission))
        return self._paths[permission]

    def _granted(self, permission: Permission) -> Any:
        from tenancy.models.appointment import AreaGrant
        from tenancy.models.area import Area

        if self.is_system:
            return Area.objects.filter(parent=None).values_list("path", flat=True)
        grants = AreaGrant.objects.in_force(timezone.localdate()).filter(
            user=self, permission__codename=permission
        )
        return grants.values_list("content_object__path", flat=True).distinct()

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs the user holds anywhere; for what a menu offers, never for a decision."""
        from tenancy.models.appointment import AreaGrant

        grants = AreaGrant.objects.in_force(timezone.localdate()).filter(user=self)
        return frozenset(grants.values_list("permission__codename", flat=True).distinct())
