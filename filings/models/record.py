"""The monthly record: one per station and month, from a draft to the archive."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.fields import FiguresField
from tenancy.constraints import both_or_neither, not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.periods import Period, month_of
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet

# What has been done in each state; a record is in the first that it has reached.
REACHED = (
    ("locked", ("locked_at", "accepted_at")),
    ("missed", ("locked_at",)),
    ("accepted", ("accepted_at",)),
    ("street_accepted", ("street_accepted_at",)),
    ("submitted", ("submitted_at",)),
    ("returned", ("returned_at",)),
    ("reopened", ("reopened_at",)),
    ("draft", ("saved_at",)),
    ("open", ()),
)


class MonthlyRecordQuerySet(ScopedQuerySet):
    """Visible where the station sits today; totals go by the street of the month."""

    area_path = "station__area__path"
    view_permission = Permission.VIEW_RECORD

    def fillable(self, on: date) -> Self:
        """With whoever fills them: not filed, not locked, and the lock day has not passed."""
        return self.filter(submitted_at=None, locked_at=None, locks_on__gte=on)

    def awaiting_street(self) -> Self:
        """Filed where the street looks first, and it has not."""
        return self.filter(
            submitted_at__isnull=False, street_first=True, street_accepted_at=None, accepted_at=None
        )

    def awaiting_acceptance(self) -> Self:
        """Filed, and next in line is who accepts."""
        passed = Q(street_first=False) | Q(street_accepted_at__isnull=False)
        return self.filter(passed, submitted_at__isnull=False, accepted_at=None)

    def unfiled(self) -> Self:
        return self.filter(submitted_at=None)

    def in_state(self, state: str) -> Self:
        before = Q()
        for name, done in REACHED:
            reached = Q(**{f"{column}__isnull": False for column in done})
            if name == state:
                return self.filter(before, reached)
            before &= ~reached
        return self.none()


class MonthlyRecord(TenantModel):
    """What a station reports of a month.

    `figures` holds numbers, `texts` the narrative, `unread` what was typed and is no number, each
    by the indicator's code; a code that is absent from `figures` was never touched and takes what
    the platform knows, None was left blank on purpose. `explanations` are sentences by the code
    of the soft check. `street` is where the station sat on the month's last day.
    """

    class State(models.TextChoices):
        OPEN = "open", _("未填")
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("已报送")
        STREET_ACCEPTED = "street_accepted", _("镇街已审")
        ACCEPTED = "accepted", _("已接收")
        LOCKED = "locked", _("已归档")
        MISSED = "missed", _("未报已锁")
        RETURNED = "returned", _("已退回")
        REOPENED = "reopened", _("已重开")

    station = TenantForeignKey("stations.Station", models.PROTECT, related_name="records")
    month = models.DateField(_("月份"))
    template = TenantForeignKey("filings.RecordTemplate", models.PROTECT, related_name="+")
    street = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    due_on = models.DateField(_("应报日"))
    locks_on = models.DateField(_("锁定日"))
    street_first = models.BooleanField(_("先由镇街审核"))
    figures = FiguresField(default=dict)
    texts = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    # What the sources and the calendar said, by name, when the draft was saved last or filed.
    known = FiguresField(default=dict)
    known_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(_("第几次报送"), default=0)
    saved_at = models.DateTimeField(_("保存时间"), null=True)
    saved_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(_("报送时间"), null=True)
    submitted_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("审核人打开时间"), null=True)
    street_accepted_at = models.DateTimeField(_("镇街审核时间"), null=True)
    street_accepted_by = TenantForeignKey(
        "tenancy.User", models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("接收时间"), null=True)
    accepted_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(_("退回时间"), null=True)
    returned_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    mend_by = models.DateField(_("退改期限"), null=True)
    marked = ArrayField(models.CharField(max_length=60), default=list)
    locked_at = models.DateTimeField(_("归档时间"), null=True)
    reopened_at = models.DateTimeField(_("重开时间"), null=True)
    reopened_by = TenantForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")

    objects = MonthlyRecordQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("月报")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "station", "month"], name="a_station_has_one_record_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_record_is_of_a_whole_month"),
            not_before("locks_on", "due_on", name="a_record_is_not_locked_before_it_is_due"),
            both_or_neither("saved_at", "saved_by", name="saving_has_actor_and_time"),
            both_or_neither("submitted_at", "submitted_by", name="filing_has_actor_and_time"),
            both_or_neither(
                "street_accepted_at", "street_accepted_by", name="first_review_has_actor_and_time"
            ),
            both_or_neither("accepted_at", "accepted_by", name="acceptance_has_actor_and_time"),
            both_or_neither("returned_at", "returned_by", name="a_return_has_actor_and_time"),
            both_or_neither("reopened_at", "reopened_by", name="reopening_has_actor_and_time"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False)
                | Q(street_accepted_at=None, accepted_at=None, opened_at=None),
                name="only_filed_records_are_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(first_submitted_at__isnull=False, unread={}),
                name="a_filed_record_is_readable_and_knows_its_first_day",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None)
                | Q(submitted_at=None, mend_by__isnull=False),
                name="a_returned_record_lies_with_its_filer_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("submitted_by")),
                name="nobody_accepts_a_record_they_filed",
            ),
            models.CheckConstraint(
                condition=Q(street_accepted_by=None) | ~Q(street_accepted_by=F("submitted_by")),
                name="nobody_reviews_a_record_they_filed",
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(accepted_at__isnull=False) | Q(submitted_at=None),
                name="what_awaits_review_is_not_locked",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["tenant", "month", "station"], name="records_of_a_month"),
            models.Index(fields=["tenant", "street", "month"], name="records_of_a_street"),
            models.Index(
                fields=["tenant", "month"],
                condition=Q(submitted_at__isnull=False, accepted_at=None),
                name="records_to_review",
            ),
            models.Index(
                fields=["tenant", "locks_on"],
                condition=Q(locked_at=None),
                name="records_to_lock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station.name} {self.month:%Y-%m}"

    @property
    def period(self) -> Period:
        """The month with its first and last day."""
        return month_of(self.month)

    @property
    def state(self) -> "MonthlyRecord.State":
        """What has been done with it last."""
        done_last = (name for name, done in REACHED if all(getattr(self, one) for one in done))
        return MonthlyRecord.State(next(done_last))

    @property
    def is_fillable(self) -> bool:
        """Whether it lies with whoever fills it."""
        passed = self.locks_on < timezone.localdate()
        return self.submitted_at is None and self.locked_at is None and not passed

    @property
    def answer_by(self) -> date:
        """The day by which it is asked for: to be mended, else to be filed."""
        return self.mend_by if self.returned_at and self.mend_by else self.due_on

    @property
    def receipt(self) -> str:
        """The number on the receipt: month, station, and which filing it was."""
        return f"YB{self.month:%Y%m}-{self.station.code}-{self.round}"

    @property
    def was_on_time(self) -> bool:
        """Whether it was first filed by its due day, in local days."""
        first = self.first_submitted_at
        return first is not None and timezone.localtime(first).date() <= self.due_on
