"""消息: what the platform tells one person."""

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel, TenantQuerySet
from tenancy.models.user import User


class MessageQuerySet(TenantQuerySet):
    """A message exists for its recipient alone, whatever anybody may do at a place."""

    def visible_to(self, user: User) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Message(TenantModel):
    """A sentence by its kind (`tenancy.messages`), so that it is read in the reader's language.

    `params` holds codes and names of places, never of people; `url` is a page that asks the gate;
    `key` is what happened, told to somebody once however often it is reported.
    """

    recipient = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("时间"), db_default=Now())
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("消息")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "recipient", "key"], name="somebody_is_told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "recipient", "-created_at"], name="messages_newest_first"
            ),
            models.Index(
                fields=["tenant", "recipient"],
                condition=models.Q(read_at=None),
                name="messages_unread",
            ),
        ]
