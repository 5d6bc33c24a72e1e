"""Records that people fill in as a workbook: checked first, written once they confirm."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import both_or_neither
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class RecordWorkbookQuerySet(ScopedQuerySet):
    """A workbook is its sender's own; a verb reaches it where it was sent from."""

    area_path = "area__path"
    view_permission = Permission.FILL_RECORD

    def visible_to(self, user: User, permission: Permission | None = None) -> Self:
        if permission in (None, self.view_permission):
            return self.filter(uploaded_by=user)
        return super().visible_to(user, permission)

    def confirmable(self) -> Self:
        """Checked without errors, its file still here, and not written yet."""
        return self.filter(confirmed_at=None, error_count=0, checked_at__isnull=False).exclude(
            file=""
        )


class RecordWorkbook(TenantModel):
    """One file. `outcome` is what the last check found: faults, and how many records it leaves
    as they are. `changes` is what confirming writes, one for each of `record_count` records; of
    what was written only the number of cells is kept. `area` covers all places that the sender
    fills in.
    """

    class State(models.TextChoices):
        FAULTY = "faulty", _("有错误")
        READY = "ready", _("待确认")
        SAME = "same", _("无改动")
        CONFIRMED = "confirmed", _("已写入草稿")
        EXPIRED = "expired", _("文件已过期")

    FOLDER = "workbooks"

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=120)
    file = models.FileField(upload_to=f"{FOLDER}/%Y/%m", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("大小"))
    uploaded_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), db_default=Now())
    checked_at = models.DateTimeField(_("检查时间"), null=True)
    outcome = models.JSONField(null=True)
    changes = models.JSONField(default=list)
    error_count = models.PositiveIntegerField(default=0)
    record_count = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    objects = RecordWorkbookQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("月报工作簿")
        constraints = [
            both_or_neither("checked_at", "outcome", name="a_workbook_is_checked_with_an_outcome"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None)
                | Q(checked_at__isnull=False, error_count=0, file=""),
                name="a_workbook_is_written_once_sound_and_its_file_is_gone",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "uploaded_by", "-uploaded_at"], name="workbooks_of_one"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> "RecordWorkbook.State":
        """What the row's facts amount to."""
        State = RecordWorkbook.State  # noqa: N806 - the enum of this class
        if self.confirmed_at:
            return State.CONFIRMED
        if not self.file:
            return State.EXPIRED
        if self.error_count:
            return State.FAULTY
        return State.READY if self.record_count else State.SAME

    @property
    def errors(self) -> list[dict[str, Any]]:
        return self._found("errors")

    @property
    def warnings(self) -> list[dict[str, Any]]:
        return self._found("warnings")

    def _found(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (self.outcome or {}).get(kind, [])
        return found

    @property
    def same(self) -> int:
        """How many records it leaves as they are."""
        return int((self.outcome or {}).get("same", 0))
