"""What comes before the tenant: whoever bears the secret of a key comes from the key's tenant."""

from datetime import timedelta
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class PublicKey(models.Model):
    """A secret that stands for a user of one tenant. Only its hash is kept; ended, not deleted."""

    tenancy = TenancyClass.SHARED

    class Kind(models.TextChoices):
        TOKEN = "token", _("令牌")

    hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    tenant = models.ForeignKey("tenancy.Tenant", models.PROTECT, related_name="+")
    user = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PublicKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("密钥")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    expires_at__gt=F("created_at"),
                    expires_at__lte=F("created_at") + timedelta(days=MOST_DAYS),
                ),
                name="public_key_lives_a_year_at_most",
            )
        ]
