"""Organisations: authorities, operators, supervision centres, evaluators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class OrganisationQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_ORGANISATION


class Organisation(TenantModel):
    """A body that acts in the tenant, seated at an area."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("主管部门")
        FINANCE = "finance", _("财政部门")
        STREET_GOVERNMENT = "street_government", _("镇街")
        COMMUNITY_COMMITTEE = "community_committee", _("村居委")
        OPERATOR = "operator", _("承接机构")
        SUPERVISION_CENTRE = "supervision_centre", _("督导中心")
        EVALUATOR = "evaluator", _("评估机构")

    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, default="")
    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="organisations")
    version = models.PositiveIntegerField(default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("机构")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "name"], name="organisation_name_is_unique_in_its_kind"
            )
        ]

    def __str__(self) -> str:
        return self.name
