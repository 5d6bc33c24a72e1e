"""What must be found before the tenant is known: one-time links, tokens, check codes."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenancyClass


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


class PublicKeyQuerySet(models.QuerySet["PublicKey"]):
    def usable(self, secret: str, kind: str, *, now: datetime) -> Self:
        """The row that a secret opens, if it has not run out or been used."""
        alive = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        return self.filter(alive, hash=digest(secret), kind=kind, used_at=None)


class PublicKey(models.Model):
    """A secret's hash and the tenant it belongs to; the look-up yields the tenant."""

    tenancy = TenancyClass.SHARED

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("邀请链接")

    hash = models.CharField(max_length=64, unique=True)
    tenant = models.ForeignKey("tenancy.Tenant", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    subject_id = models.BigIntegerField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = PublicKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开凭据")

    @classmethod
    def issue(cls, *, tenant_id: int, kind: str, subject_id: int, expires_at: datetime) -> str:
        """A new secret; only its hash is kept."""
        secret = token_urlsafe(24)
        cls.objects.create(
            hash=digest(secret),
            tenant_id=tenant_id,
            kind=kind,
            subject_id=subject_id,
            expires_at=expires_at,
        )
        return secret
