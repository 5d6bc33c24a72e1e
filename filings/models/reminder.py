"""Who was urged when, and who was given more time for what reason."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class OfRecords(ScopedQuerySet):
    area_path = "record__station__area__path"
    view_permission = Permission.VIEW_RECORD


class Reminder(TenantModel):
    """A record is urged once a day at most, whoever does it; the words are fixed."""

    record = TenantForeignKey("filings.MonthlyRecord", models.PROTECT, related_name="reminders")
    on = models.DateField(_("催办日期"))
    at = models.DateTimeField(_("催办时间"), db_default=Now())
    by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")

    objects = OfRecords.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("催办")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "on"], name="a_record_is_urged_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Extension(TenantModel):
    """More time for one record: `until` is its new due day, and its lock day if that is earlier."""

    record = TenantForeignKey("filings.MonthlyRecord", models.PROTECT, related_name="extensions")
    until = models.DateField(_("延至"))
    reason = models.CharField(_("理由"), max_length=200)
    granted_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("批准时间"), db_default=Now())

    objects = OfRecords.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("延期")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_extension_has_a_reason")
        ]
        indexes = [models.Index(fields=["tenant", "record"], name="extensions_of_a_record")]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"
