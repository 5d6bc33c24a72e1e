"""Who works on which post, from when to when, with which share of their time."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import no_overlap, not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet


class PlacementQuerySet(ScopedQuerySet):
    area_path = "post__station__area__path"
    view_permission = Permission.VIEW_WORKER

    def unended(self) -> Self:
        """Running today or still to come: what makes the person visible at the post."""
        return self.filter(_open_or_from("ends_on", timezone.localdate()))

    def active(self, on: date) -> Self:
        """The placement's, the person's and the post's dates contain the day."""
        return self.filter(
            _open_or_from("ends_on", on),
            _open_or_from("worker__left_on", on),
            _open_or_from("post__abolished_on", on),
            starts_on__lte=on,
            worker__hired_on__lte=on,
            post__set_on__lte=on,
        )

    def overlapping(self, first: date, last: date) -> Self:
        """Those whose own dates share a day with these."""
        return self.filter(_open_or_from("ends_on", first), starts_on__lte=last)


def _open_or_from(last_day: str, on: date) -> Q:
    return Q(**{f"{last_day}__isnull": True}) | Q(**{f"{last_day}__gte": on})


class Placement(TenantModel):
    """A person on a post; both dates inclusive.

    `project_code` is a project's number, not a key: projects live in an app beside this one. It
    is checked against the ledger of projects when written; a project's number never changes and
    projects are never deleted.
    """

    worker = TenantForeignKey("staffing.Worker", models.PROTECT, related_name="placements")
    post = TenantForeignKey("stations.Post", models.PROTECT, related_name="placements")
    project_code = models.CharField(_("项目编号"), max_length=40, blank=True, default="")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    share = models.DecimalField(_("工作量占比"), max_digits=5, decimal_places=4, default=Decimal(1))
    version = models.PositiveIntegerField(default=1)

    objects = PlacementQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("任职")
        constraints = [
            not_before("ends_on", "starts_on", name="placement_does_not_end_before_it_starts"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="placement_share_is_above_0_up_to_1"
            ),
            no_overlap(
                "worker",
                "post",
                start="starts_on",
                end="ends_on",
                name="a_post_is_held_once_at_a_time_by_a_worker",
            ),
        ]
