"""The tenant: one place that runs its stations by its own rules."""

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenancyClass
from tenancy.permissions import Role

if TYPE_CHECKING:
    from tenancy.models.area import Area

IDLE_MINUTES = 30
ABSOLUTE_HOURS = 12


class Tenant(models.Model):
    """A city, province or district with its own data, pack and words. Ended, never deleted."""

    tenancy = TenancyClass.SHARED

    slug = models.SlugField(
        _("标识"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9-]*$", _("只用小写字母、数字和短横线，以字母开头。"))
        ],
    )
    name = models.CharField(_("名称"), max_length=60)
    pack = models.CharField(_("规则包"), max_length=60)
    labels = models.JSONField(_("用语"), default=dict, blank=True)
    idle_minutes = models.PositiveSmallIntegerField(_("无操作退出（分钟）"), default=IDLE_MINUTES)
    absolute_hours = models.PositiveSmallIntegerField(_("最长登录（小时）"), default=ABSOLUTE_HOURS)
    monthly_reports = models.BooleanField(_("每月自动生成报告"), default=False)
    quarterly_reports = models.BooleanField(_("每季自动生成报告"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("租户")

    def __str__(self) -> str:
        return self.name

    def level_label(self, level: str) -> str:
        """What this tenant calls a level of the tree (`{"level": {"city": "市州"}}`)."""
        from tenancy.models.area import Area

        return str(self.labels.get("level", {}).get(level) or Area.Level(level).label)

    def role_label(self, role: str, level: str = "") -> str:
        """What this tenant calls a role, where needed by level.

        `{"role": {"city_authority@province": "省民政厅", "city_authority": "市州民政局"}}`.
        """
        words = self.labels.get("role", {})
        return str(words.get(f"{role}@{level}") or words.get(role) or Role(role).label)

    def root(self) -> "Area":
        """The top of the tenant's tree."""
        from tenancy.models.area import Area

        root: Area = Area.objects.get(parent=None, valid_to=None)
        return root
