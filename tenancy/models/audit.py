"""The audit chain's rows; `tenancy.audit` writes and verifies them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class AuditEventQuerySet(ScopedQuerySet):
    """An act belongs to the area where it happened; acts without a place belong to the root."""

    area_path = "place"
    view_permission = Permission.VIEW_AUDIT

    def reachable(self, paths: tuple[str, ...]) -> Q:
        whole_tenant = any(path.count("/") == 1 for path in paths)
        return Q() if whole_tenant else super().reachable(paths)


class AuditEvent(TenantModel):
    """One act: who, when, what, on which object. The runtime role may only add and read."""

    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    verb = models.CharField(_("行为"), max_length=60)
    target = models.CharField(_("对象"), max_length=60, blank=True, default="")
    target_id = models.BigIntegerField(null=True)
    place = models.TextField(db_collation="C", blank=True, default="")
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    key_id = models.CharField(max_length=8)
    former = models.BinaryField()
    mac = models.BinaryField()

    objects = AuditEventQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("审计记录")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "seq"], name="audit_sequence_is_unique"),
            models.UniqueConstraint(fields=["tenant", "former"], name="audit_chain_does_not_fork"),
        ]
        indexes = [
            models.Index(fields=["tenant", "target", "target_id"], name="audit_by_target"),
            models.Index(fields=["tenant", "verb", "seq"], name="audit_by_verb"),
            models.Index(fields=["tenant", "at"], name="audit_by_time"),
            models.Index(fields=["tenant", "place"], name="audit_by_place"),
        ]
