"""Who holds which office where and when, and the grants that follow from it."""

from datetime import date
from typing import Self

from django.contrib.auth.models import Permission as AuthPermission
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from tenancy.constraints import both_or_neither, not_before
from tenancy.isolation import TenantForeignKey, TenantModel, TenantQuerySet
from tenancy.permissions import Permission, Role
from tenancy.scoping import ScopedQuerySet


def on_day(on: date, prefix: str = "") -> Q:
    """Offices held on a day; both dates inclusive."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    )


class AppointmentQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_APPOINTMENT

    def in_force(self, on: date) -> Self:
        """Offices held on the day that nobody has ended early."""
        return self.filter(on_day(on), ended_at=None, user__ended_at=None)


class Appointment(TenantModel):
    """One person in one role at one area, from a day to a day (both inclusive)."""

    user = TenantForeignKey("tenancy.User", models.PROTECT, related_name="appointments")
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="appointments")
    organisation = TenantForeignKey(
        "tenancy.Organisation", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    appointed_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField(auto_now_add=True)
    ended_by = TenantForeignKey(
        "tenancy.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("任命")
        constraints = [
            not_before("ends_on", "starts_on", name="appointment_does_not_end_before_it_starts"),
            both_or_neither("ended_at", "ended_by", name="appointment_end_has_actor_and_time"),
            ExclusionConstraint(
                name="same_office_is_not_held_twice_at_once",
                condition=Q(ended_at=None),
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @property
    def role_label(self) -> str:
        """What the tenant calls this role at this level."""
        return self.tenant.role_label(self.role, self.area.level)

    @property
    def is_over(self) -> bool:
        """Ended early, or past its last day."""
        ran_out = self.ends_on is not None and self.ends_on < timezone.localdate()
        return self.ended_at is not None or ran_out

    @property
    def state_label(self) -> str:
        """In office, still to come, or over."""
        if self.is_over:
            return gettext("已结束")
        return gettext("未开始") if self.starts_on > timezone.localdate() else gettext("在任")


class AreaGrantQuerySet(TenantQuerySet):
    def in_force(self, on: date) -> Self:
        """Grants whose appointment is held on the day: an end needs no clean-up to take effect."""
        return self.filter(on_day(on, "appointment__"))


class AreaGrant(TenantModel, UserObjectPermissionBase):
    """A verb on an area and all below it, as django-guardian stores it (direct foreign key)."""

    user = TenantForeignKey("tenancy.User", models.CASCADE, related_name="+")
    permission = models.ForeignKey(AuthPermission, models.CASCADE, db_index=False, related_name="+")
    content_object = TenantForeignKey("tenancy.Area", models.CASCADE, related_name="grants")
    appointment = TenantForeignKey(Appointment, models.CASCADE, related_name="grants")

    objects = UserObjectPermissionManager.from_queryset(AreaGrantQuerySet)()  # type: ignore[misc]

    class Meta(TenantModel.Meta):
        verbose_name = _("授权")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "permission", "appointment"],
                name="an_appointment_grants_a_verb_once",
            )
        ]
