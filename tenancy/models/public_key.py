"""What comes before the tenant: whoever bears the secret of a key comes from the key's tenant."""

from datetime import timedelta
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.context import current_tenant_id
from tenancy.isolation import TenancyClass, TenantForeignKey
from tenancy.models.user import User

MOST_DAYS = 366


def digest(secret: str) -> str:
    """What is kept of a secret: it is random and long, so a fast hash hides it as well."""
    return sha256(secret.encode()).hexdigest()


class PublicKeyQuerySet(models.QuerySet["PublicKey"]):
    def in_force(self) -> Self:
        """Keys that still open: neither they nor their user nor their tenant has ended."""
        return self.filter(
            expires_at__gt=timezone.now(),
            ended_at=None,
            user__ended_at=None,
            user__is_system=False,
            tenant__ended_at=None,
        )

    def bearer_of(self, token: str) -> User | None:
        """Whom a token lets in; None, after the same one query, whatever is wrong with it."""
        keys = self.in_force().filter(kind=PublicKey.Kind.TOKEN, hash=digest(token))
        key = keys.select_related("user__tenant").first()
        return key.user if key else None

    def open_paper(self, kind: "PublicKey.Kind", code: str) -> "PublicKey":
        """Let whoever holds a paper's check code ask about it, for good."""
        return self.create(
            hash=digest(code),
            kind=kind,
            tenant_id=current_tenant_id(),
            created_at=timezone.now(),
        )

    def tenant_of_paper(self, code: str) -> int | None:
        """Whose paper bears the check code; it outlives its tenant."""
        keys = self.filter(kind__in=PAPERS, hash=digest(code), ended_at=None)
        return keys.values_list("tenant_id", flat=True).first()


class PublicKey(models.Model):
    """A secret that stands for a user or a paper of one tenant. Only its hash is kept; ended, not
    deleted.
    """

    tenancy = TenancyClass.SHARED

    class Kind(models.TextChoices):
        TOKEN = "token", _("令牌")
        REPORT = "report", _("合规报告")
        NOTICE = "notice", _("通知")

    hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    tenant = models.ForeignKey("tenancy.Tenant", models.PROTECT, related_name="+")
    user = TenantForeignKey("tenancy.User", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PublicKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("密钥")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="token",
                    user__isnull=False,
                    expires_at__isnull=False,
                    expires_at__gt=F("created_at"),
                    expires_at__lte=F("created_at") + timedelta(days=MOST_DAYS),
                )
                | Q(kind__in=["report", "notice"], user__isnull=True, expires_at__isnull=True),
                name="a_token_has_a_user_and_a_year_at_most_a_paper_neither",
            )
        ]


PAPERS = (PublicKey.Kind.REPORT, PublicKey.Kind.NOTICE)
