"""In which street a station sat on which day."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.constraints import no_overlap, not_before
from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, in_force


class StationSeatQuerySet(ScopedQuerySet):
    """Visible with the station, where it sits today; facts and totals ask for their own day."""

    area_path = "station__area__path"
    view_permission = Permission.VIEW_STATION

    def in_force(self, on: date) -> Self:
        return self.filter(in_force(on))


class StationSeat(TenantModel):
    """From a day to a day (both inclusive, open where null): the first seat has no beginning."""

    station = TenantForeignKey("stations.Station", models.CASCADE, related_name="seats")
    street = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="station_seats")
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("最后有效日"), null=True, blank=True)

    objects = StationSeatQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("社工站所在镇街")
        constraints = [
            not_before("valid_to", "valid_from", name="seat_does_not_end_before_it_begins"),
            no_overlap(
                "station",
                start="valid_from",
                end="valid_to",
                name="a_station_sits_in_one_street_a_day",
            ),
        ]
