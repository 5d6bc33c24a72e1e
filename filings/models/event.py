"""The record's own history: each step, with what the record said at it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from filings.models.fields import FiguresField
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class RecordEventQuerySet(ScopedQuerySet):
    area_path = "record__station__area__path"
    view_permission = Permission.VIEW_RECORD


class RecordEvent(TenantModel):
    """A step is never changed. `until` is the day it sets: for mending, for an extension."""

    class Step(models.TextChoices):
        SUBMIT = "submit", _("报送")
        WITHDRAW = "withdraw", _("撤回")
        STREET_ACCEPT = "street_accept", _("镇街审核通过")
        ACCEPT = "accept", _("接收")
        RETURN = "return", _("退回")
        LOCK = "lock", _("归档")
        REOPEN = "reopen", _("重开")
        LAPSE = "lapse", _("重开到期，恢复原数")
        EXTEND = "extend", _("延期")

    class Reason(models.TextChoices):
        INCONSISTENT = "inconsistent", _("数据前后不一致")
        DIFFERS = "differs", _("与服务记录不符")
        UNEXPLAINED = "unexplained", _("缺说明")
        UNCLEAR = "unclear", _("附件不清")
        MISREAD = "misread", _("口径理解有误")
        OTHER = "other", _("其他")

    record = TenantForeignKey("filings.MonthlyRecord", models.PROTECT, related_name="events")
    step = models.CharField(_("步骤"), max_length=20, choices=Step)
    at = models.DateTimeField(_("时间"), db_default=Now())
    by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("第几次报送"))
    figures = FiguresField(default=dict)
    texts = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason), default=list)
    comment = models.CharField(_("意见"), max_length=500, blank=True, default="")
    cells = ArrayField(models.CharField(max_length=60), default=list)
    until = models.DateField(_("期限"), null=True, blank=True)

    objects = RecordEventQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("月报历史")
        indexes = [models.Index(fields=["tenant", "record", "at"], name="events_of_a_record")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(step="return")
                | (models.Q(until__isnull=False, reasons__len__gt=0) & ~models.Q(comment="")),
                name="a_return_has_reasons_a_comment_and_a_deadline",
            ),
            models.CheckConstraint(
                condition=~models.Q(step__in=["reopen", "extend"])
                | (models.Q(until__isnull=False) & ~models.Q(comment="")),
                name="reopening_and_extension_have_a_reason_and_an_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())

    @property
    def reason_words(self) -> list[Any]:
        """The reasons of a return, in words."""
        return [RecordEvent.Reason(one).label for one in self.reasons]
