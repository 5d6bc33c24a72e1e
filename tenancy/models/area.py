"""The one tree: from the tenant's root down to communities and station nodes."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, in_force

CODE = RegexValidator(r"^\d{12}$", _("区划代码是 12 位数字。"))


class AreaQuerySet(ScopedQuerySet):
    area_path = "path"
    view_permission = Permission.VIEW_AREA

    def in_force(self, on: object) -> Self:
        return self.filter(in_force(on))  # type: ignore[arg-type]

    def counted(self) -> Self:
        """Streets that count for coverage."""
        return self.filter(level=Area.Level.STREET, counts_for_coverage=True)

    def ancestors_of(self, path: str) -> Self:
        """The areas above a path, topmost first, itself last."""
        slugs = path.rstrip("/").split("/")
        paths = ["/".join(slugs[: depth + 1]) + "/" for depth in range(len(slugs))]
        return self.filter(path__in=paths).order_by("path")

    def matching(self, words: str) -> Self:
        """Areas whose name, alias or code contains the words."""
        return self.filter(
            Q(name__icontains=words) | Q(code__startswith=words) | Q(alias_text__icontains=words)
        )


class Area(TenantModel):
    """A node of the tree. Codes get revised, paths never: a path is fixed at creation."""

    class Level(models.TextChoices):
        NATION = "nation", _("全国")
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        DISTRICT = "district", _("区县")
        STREET = "street", _("镇街")
        COMMUNITY = "community", _("村居")
        STATION = "station", _("社工站")

    parent = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    code = models.CharField(_("区划代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=100)
    aliases = ArrayField(
        models.CharField(max_length=100), verbose_name=_("别名"), default=list, blank=True
    )
    alias_text = models.TextField(default="", blank=True, editable=False)
    sort_name = models.CharField(max_length=200, default="", blank=True, editable=False)
    path = models.TextField(db_collation="C", editable=False)
    counts_for_coverage = models.BooleanField(_("计入覆盖"), default=False)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("最后有效日"), null=True, blank=True)
    successor = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    version = models.PositiveIntegerField(default=1)

    objects = AreaQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("行政区划")
        default_permissions = ()
        permissions = [(verb.value, verb.label) for verb in Permission]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "path"], name="area_path_is_unique"),
            models.UniqueConstraint(
                fields=["tenant", "code", "level"],
                condition=Q(valid_to=None),
                name="current_area_code_is_unique_on_its_level",
            ),
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(parent=None, valid_to=None),
                name="one_root_per_tenant",
            ),
            not_before("valid_to", "valid_from", name="area_does_not_end_before_it_begins"),
            models.CheckConstraint(
                condition=Q(level="street") | Q(counts_for_coverage=False),
                name="only_streets_count_for_coverage",
            ),
            models.CheckConstraint(
                condition=Q(path__endswith="/"), name="area_path_ends_in_a_slash"
            ),
        ]
        # Closed areas keep their code, so the unique key above does not find every page.
        indexes = [models.Index(fields=["tenant", "code"], name="area_by_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def level_label(self) -> str:
        """What the tenant calls this level."""
        return self.tenant.level_label(self.level)

    def get_absolute_url(self) -> str:
        """The area's page; where the code is its parent's too, the level tells which is meant."""
        is_lower = f"{self.code}/{self.code}" in self.path
        return f"/areas/{self.code}/" + (f"?level={self.level}" if is_lower else "")
