"""What programs were answered: each act once, however often it is asked for."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel, TenantQuerySet

KEPT = timedelta(hours=24)


class AnswerQuerySet(TenantQuerySet):
    def expired(self) -> Self:
        """Those that nobody will ask for again."""
        return self.filter(at__lt=timezone.now() - KEPT)


class Answer(TenantModel):
    """The key under which a program asked, a digest of what it sent, and what it was told."""

    user = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    tag = models.CharField(max_length=60)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    objects = AnswerQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("接口应答")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "path", "key"],
                name="a_key_is_answered_once_to_its_user",
            )
        ]
        indexes = [models.Index(fields=["tenant", "at"], name="answer_by_age")]
