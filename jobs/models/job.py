"""The job's row is the truth; the broker only rings the bell."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from jobs import registry
from tenancy.constraints import both_or_neither
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, within

ATTEMPTS = 3
UNDER_LEASE = Q(lease_until__gte=Now())


class JobQuerySet(ScopedQuerySet):
    """A job exists for whoever asked for it, and for those who hold its kind's verb there."""

    area_path = "area__path"
    view_permission = Permission.VIEW_AREA

    def visible_to(self, user: User, permission: Permission | None = None) -> Self:
        """Own jobs and those within reach; with a verb, only kinds of that verb within reach."""
        seen = Q(pk__in=[]) if permission else Q(requested_by=user)
        for verb, kinds in registry.kinds_by_verb().items():
            if permission in (None, verb):
                seen |= Q(kind__in=kinds) & within(self.area_path, user.paths_where(verb))
        return self.filter(seen)

    def unended(self) -> Self:
        return self.filter(ended_at=None)

    def idle(self) -> Self:
        """Not ended, and no worker holds it: never picked up, given back, or its lease ran out."""
        return self.unended().exclude(UNDER_LEASE)

    def claimable(self) -> Self:
        return self.idle().filter(attempt__lt=ATTEMPTS, cancel_requested_at=None)

    def exhausted(self) -> Self:
        """Idle, and all attempts are used."""
        return self.idle().filter(attempt__gte=ATTEMPTS)

    def claim(self, holder: str) -> int:
        """Take what is claimable; a former holder's fence is void from now on."""
        return self.claimable().update(
            fence=F("fence") + 1,
            attempt=F("attempt") + 1,
            lease_until=next_lease(),
            holder=holder,
            started_at=Now(),
            done=0,
            total=None,
            step="",
        )

    def held(self, fence: int) -> Self:
        """The job, if this holder is still the one."""
        return self.unended().filter(fence=fence)

    def give_back(self, reason: str, detail: str = "") -> int:
        """End the attempt, not the job; it is published again after a pause."""
        return self.update(
            lease_until=None, holder="", published_at=Now(), reason=reason, detail=detail
        )

    def end(
        self, reason: str = "", detail: str = "", result: dict[str, object] | None = None
    ) -> int:
        """End the job: done with its result, or without one for a reason or because cancelled."""
        return self.unended().update(
            ended_at=Now(), lease_until=None, holder="", reason=reason, detail=detail, result=result
        )

    def expire(self) -> int:
        """Take back what came of jobs; the same can be asked for again."""
        return self.filter(result__isnull=False).update(result=None, reason=Job.Reason.EXPIRED)

    def in_state(self, state: str) -> Self:
        return self.filter(STATES[Job.State(state)])


def next_lease() -> object:
    """A lease from now on, by the clock of the database."""
    return Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Job(TenantModel):
    """Work that outlives a request. `params` and `result` hold ids and codes, never people."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")
        CANCELLED = "cancelled", _("已取消")
        EXPIRED = "expired", _("已过期")

    class Reason(models.TextChoices):
        """Why there is no result (any more); what can be said to the person at the screen."""

        REFUSED = "refused", _("无法完成。")
        CRASHED = "crashed", _("执行时出错。请重试；仍然出错请联系系统管理员。")
        LOST = "lost", _("执行任务的进程多次中断。请重试；仍然中断请联系系统管理员。")
        TIME_LIMIT = "time_limit", _("超过时限，已停止。请缩小范围后重试。")
        NOT_PERMITTED = "not_permitted", _("提交人已没有执行此任务的权限。")
        UNKNOWN_KIND = "unknown_kind", _("当前版本没有这种任务。请重新提交。")
        EXPIRED = "expired", _("已过期，请重新生成。")

    # Another attempt would end in the same way.
    FINAL = (Reason.REFUSED, Reason.TIME_LIMIT, Reason.NOT_PERMITTED, Reason.UNKNOWN_KIND)

    kind = models.CharField(_("任务"), max_length=40)
    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    requested_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    effect_key = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField(_("提交时间"), db_default=Now())
    published_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=120, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    step = models.CharField(max_length=40, blank=True, default="")
    cancel_requested_at = models.DateTimeField(null=True)
    cancel_requested_by = TenantForeignKey(
        "tenancy.User", models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    result = models.JSONField(null=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True, default="")
    detail = models.TextField(blank=True, default="")

    objects = JobQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("任务")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "effect_key"],
                condition=Q(ended_at=None) & ~Q(effect_key=""),
                name="one_open_job_per_effect",
            ),
            both_or_neither(
                "cancel_requested_at", "cancel_requested_by", name="job_cancel_has_actor_and_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, result__isnull=True)
                | Q(ended_at__isnull=False, lease_until=None),
                name="job_has_a_result_only_at_its_end_and_no_lease_after_it",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | Q(result__isnull=False, reason="")
                | Q(result__isnull=True, cancel_requested_at__isnull=False)
                | (Q(result__isnull=True) & ~Q(reason="")),
                name="job_ends_with_a_result_or_a_reason_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(attempt__lte=ATTEMPTS), name="job_is_attempted_three_times"
            ),
            models.CheckConstraint(
                condition=Q(total=None) | Q(done__lte=F("total")), name="job_does_no_more_than_all"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "published_at"],
                condition=Q(ended_at=None),
                name="jobs_not_ended",
            ),
            models.Index(fields=["tenant", "requested_by", "-id"], name="jobs_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> "Job.State":
        """What the row's facts amount to."""
        if self.ended_at is None:
            return Job.State.QUEUED if self.lease_until is None else Job.State.RUNNING
        if self.result is not None:
            return Job.State.DONE
        if self.reason == Job.Reason.EXPIRED:
            return Job.State.EXPIRED
        return Job.State.CANCELLED if self.cancel_requested_at else Job.State.FAILED

    @property
    def name(self) -> str:
        """What the kind is called."""
        known = registry.find(self.kind)
        return str(known.title) if known else self.kind

    @property
    def step_name(self) -> str:
        """What is being done just now."""
        known = registry.find(self.kind)
        return str(known.steps.get(self.step, "")) if known else ""

    @property
    def error(self) -> str:
        """Why there is no result, in words; empty unless it failed or has expired."""
        if self.status not in (Job.State.FAILED, Job.State.EXPIRED):
            return ""
        if self.reason == Job.Reason.REFUSED and self.detail:
            return self.detail
        return str(Job.Reason(self.reason).label)

    @property
    def result_url(self) -> str:
        """Where the result is to be seen, if its kind has a place for it."""
        known = registry.find(self.kind)
        if self.status is not Job.State.DONE or known is None or known.result_url is None:
            return ""
        return known.result_url(self)


IS_EXPIRED = Q(reason=Job.Reason.EXPIRED)
STATES = {
    Job.State.QUEUED: Q(ended_at=None, lease_until=None),
    Job.State.RUNNING: Q(ended_at=None, lease_until__isnull=False),
    Job.State.DONE: Q(ended_at__isnull=False, result__isnull=False),
    Job.State.FAILED: ~IS_EXPIRED
    & Q(ended_at__isnull=False, result__isnull=True, cancel_requested_at=None),
    Job.State.CANCELLED: ~IS_EXPIRED
    & Q(ended_at__isnull=False, result__isnull=True, cancel_requested_at__isnull=False),
    Job.State.EXPIRED: IS_EXPIRED & Q(ended_at__isnull=False),
}
