"""Who supervises which station, or which person, from when to when."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staffing.models import Worker
from stations.models import Station
from tenancy.constraints import no_overlap, not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, within

if TYPE_CHECKING:
    from tenancy.models import User


class AssignmentQuerySet(ScopedQuerySet):
    """An assignment is where the station is, or the person; and where the supervisor is at home."""

    view_permission = Permission.VIEW_SUPERVISION

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        return self.filter(self.reachable(user.paths_where(permission or self.view_permission)))

    def reachable(self, paths: tuple[str, ...]) -> Q:
        return _targets(paths) | within("supervisor__home__path", paths)

    def to_places(self, paths: tuple[str, ...]) -> Self:
        """Assignments to stations and people inside the paths."""
        return self.filter(_targets(paths))

    def unended(self, on: date) -> Self:
        """Running on the day or still to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def running(self, on: date) -> Self:
        """In force on the day, of supervisors who are there on the day."""
        there = Q(supervisor__ends_on__isnull=True) | Q(supervisor__ends_on__gte=on)
        return self.unended(on).filter(there, starts_on__lte=on, supervisor__starts_on__lte=on)


def _targets(paths: tuple[str, ...]) -> Q:
    people = Worker.objects.filter(Worker.objects.all().reachable(paths))
    return within("station__area__path", paths) | Q(worker__in=people)


class Assignment(TenantModel):
    """A supervisor for a whole station or for one person; both dates inclusive."""

    class TargetKind(models.TextChoices):
        STATION = "station", _("社工站")
        WORKER = "worker", _("人员")

    supervisor = TenantForeignKey(
        "supervision.Supervisor", models.PROTECT, related_name="assignments"
    )
    station = TenantForeignKey(
        "stations.Station", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    worker = TenantForeignKey(
        "staffing.Worker", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("督导安排")
        constraints = [
            models.CheckConstraint(
                condition=Q(station__isnull=True, worker__isnull=False)
                | Q(station__isnull=False, worker__isnull=True),
                name="assignment_is_to_a_station_or_to_a_person",
            ),
            not_before("ends_on", "starts_on", name="assignment_does_not_end_before_it_starts"),
            no_overlap(
                "supervisor",
                "station",
                start="starts_on",
                end="ends_on",
                name="a_station_is_assigned_once_at_a_time_to_a_supervisor",
            ),
            no_overlap(
                "supervisor",
                "worker",
                start="starts_on",
                end="ends_on",
                name="a_person_is_assigned_once_at_a_time_to_a_supervisor",
            ),
        ]

    @property
    def target(self) -> Station | Worker | None:
        """What or whom it is for."""
        found: Station | Worker | None = self.station or self.worker
        return found

    @target.setter
    def target(self, target: Station | Worker) -> None:
        is_station = isinstance(target, Station)
        self.station, self.worker = (target, None) if is_station else (None, target)

    @property
    def target_kind(self) -> "Assignment.TargetKind":
        """Of which kind the target is; choosing the target chooses it."""
        return self.TargetKind.WORKER if self.station is None else self.TargetKind.STATION

    @target_kind.setter
    def target_kind(self, kind: "Assignment.TargetKind") -> None:
        """Follows from the target."""
