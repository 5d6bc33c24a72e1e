"""Forms that were sent: each creates once, however often it arrives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel, TenantQuerySet


class Submission(TenantModel):
    """The key of a form, a digest of what it held, and where its result stands."""

    user = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    key = models.CharField(max_length=36)
    content = models.CharField(max_length=64)
    url = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("表单提交")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "key"], name="a_form_is_sent_once_by_its_user"
            )
        ]
        indexes = [models.Index(fields=["tenant", "at"], name="submission_by_age")]
