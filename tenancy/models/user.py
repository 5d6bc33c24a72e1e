"""People who sign in. Shared, because log-in comes before the tenant is known."""

from collections import defaultdict
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenancy.context import current_tenant_id
from tenancy.isolation import TenancyClass
from tenancy.permissions import Permission
from tenancy.scoping import outermost

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._@-]*$", _("账号只用小写字母、数字和 . _ - @ 。"))

# By place, the verbs of the offices held on a day. Every request asks; written out, because the
# ORM would spend a millisecond on finding the words.
GRANTED = """
SELECT place.path, array_agg(permission.codename)
FROM tenancy_areagrant AS granted
JOIN tenancy_appointment AS office ON office.id = granted.appointment_id
JOIN tenancy_area AS place ON place.id = granted.content_object_id
JOIN auth_permission AS permission ON permission.id = granted.permission_id
WHERE granted.user_id = %s
    AND office.starts_on <= %s AND (office.ends_on IS NULL OR office.ends_on >= %s)
GROUP BY place.path
"""


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
    email = models.EmailField(_("电子邮箱"), blank=True, default="")
    digest_on = models.DateField(null=True, blank=True)
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
    def _places(self) -> dict[str, tuple[str, ...]]:
        """Outermost paths by verb, of the offices held today: one query.

        Kept for the life of this object, that is for one request.
        """
        paths: dict[str, list[str]] = defaultdict(list)
        for path, verbs in self._granted():
            for verb in verbs:
                paths[verb].append(path)
        return {verb: outermost(found) for verb, found in paths.items()}

    def _granted(self) -> Any:
        from tenancy.models.area import Area

        if self.is_system:
            roots = Area.objects.filter(parent=None).values_list("path", flat=True)
            return [(path, Permission.values) for path in roots]
        current_tenant_id()
        today = timezone.localdate()
        with connection.cursor() as cursor:
            cursor.execute(GRANTED, [self.pk, today, today])
            return cursor.fetchall()

    def paths_where(self, permission: Permission) -> tuple[str, ...]:
        """Outermost paths at which the user holds the permission today."""
        return self._places.get(permission, ())

    @property
    def verbs(self) -> frozenset[str]:
        """The verbs the user holds anywhere; for what a menu offers, never for a decision."""
        return frozenset(self._places)
