"""How many stations operate at a place, so that the page of a country need not count them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from tenancy.models import User


class StationCountQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_STATION

    def operating(self, user: "User", path: str, on: date) -> int:
        """How many stations operate on the day at a place and below it, of those the user sees."""
        rows = self.visible_to(user).filter(area__path__in=_tops(user, path), day__lte=on)
        return rows.aggregate(number=Sum("change"))["number"] or 0


def _tops(user: "User", path: str) -> list[str]:
    """The place, where the user sees all of it, else the user's own places inside it."""
    mine = user.paths_where(Permission.VIEW_STATION)
    if any(path.startswith(own) for own in mine):
        return [path]
    return [own for own in mine if own.startswith(path)]


class StationCount(TenantModel):
    """From the day on, so many more stations operate at the place and below, or fewer (negative).

    The sum up to a day is how many operate on it, in the tree of today. A trigger keeps the rows
    of a station's node and of all places above it, whoever changes the station; where several do
    so at once, a place may have several rows a day.
    """

    area = TenantForeignKey("tenancy.Area", models.CASCADE, related_name="station_counts")
    day = models.DateField(_("日期"))
    change = models.IntegerField(_("增减"))

    objects = StationCountQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("运营社工站数")
        indexes = [
            models.Index(fields=["tenant", "area", "day"], name="station_count_by_place_and_day")
        ]
