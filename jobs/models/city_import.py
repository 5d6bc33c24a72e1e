"""Workbooks that people send in: checked first, written once somebody confirms."""

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


class CityImportQuerySet(ScopedQuerySet):
    """An import exists for who sent it in, and for those who may import at that person's place."""

    area_path = "area__path"
    view_permission = Permission.IMPORT_CITY

    def visible_to(self, user: User, permission: Permission | None = None) -> Self:
        reached = self.reachable(user.paths_where(permission or self.view_permission))
        return self.filter(reached if permission else reached | Q(uploaded_by=user))

    def confirmable(self) -> Self:
        """Checked without errors, its file still here, and nobody has decided yet."""
        return self.undecided().filter(error_count=0, checked_at__isnull=False).exclude(file="")

    def undecided(self) -> Self:
        return self.filter(confirmed_at=None, discarded_at=None)

    def unapplied(self) -> Self:
        return self.filter(applied_at=None, discarded_at=None)


class CityImport(TenantModel):
    """One workbook. `outcome` is what the last check or the import itself found, in the shape of
    `import_city --json`; it outlives the file, which holds people's data.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("检查中")
        UNCHECKED = "unchecked", _("检查未完成")
        FAULTY = "faulty", _("有错误")
        READY = "ready", _("待确认")
        APPLYING = "applying", _("导入中")
        UNAPPLIED = "unapplied", _("导入未完成")
        APPLIED = "applied", _("已导入")
        DISCARDED = "discarded", _("已放弃")
        EXPIRED = "expired", _("文件已过期")

    FOLDER = "imports"

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=120)
    file = models.FileField(upload_to=f"{FOLDER}/%Y/%m", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("大小"))
    uploaded_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), db_default=Now())
    job = TenantForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(_("检查时间"), null=True)
    outcome = models.JSONField(null=True)
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    confirmed_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    applied_at = models.DateTimeField(_("导入时间"), null=True)
    discarded_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    discarded_at = models.DateTimeField(null=True)

    objects = CityImportQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("台账导入")
        constraints = [
            both_or_neither("checked_at", "outcome", name="an_import_is_checked_with_an_outcome"),
            both_or_neither(
                "confirmed_at", "confirmed_by", name="import_confirmation_has_actor_and_time"
            ),
            both_or_neither(
                "discarded_at", "discarded_by", name="import_discard_has_actor_and_time"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(checked_at__isnull=False),
                name="an_import_is_confirmed_after_its_check",
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None)
                | Q(confirmed_at__isnull=False, discarded_at=None, error_count=0, file=""),
                name="an_import_is_applied_once_confirmed_and_its_file_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at=None) | Q(file=""),
                name="a_discarded_import_keeps_no_file",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-uploaded_at"], name="imports_newest_first"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> "CityImport.State":
        """What the row's facts and its job amount to."""
        State = CityImport.State  # noqa: N806 - the enum of this class
        if self.applied_at:
            return State.APPLIED
        if self.discarded_at:
            return State.DISCARDED
        if self._is_under_way:
            return State.APPLYING if self.confirmed_at else State.CHECKING
        if self.error_count:
            return State.FAULTY
        if not self.file:
            return State.EXPIRED
        if self.confirmed_at:
            return State.UNAPPLIED
        return State.READY if self.checked_at else State.UNCHECKED

    @property
    def _is_under_way(self) -> bool:
        return self.job is not None and self.job.ended_at is None

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
    def counts(self) -> dict[str, dict[str, int]]:
        """By sheet, how many rows are new, changed and the same."""
        found: dict[str, dict[str, int]] = (self.outcome or {}).get("counts", {})
        return found

    @property
    def new(self) -> int:
        return sum(count["new"] for count in self.counts.values())

    @property
    def changed(self) -> int:
        return sum(count["changed"] for count in self.counts.values())
