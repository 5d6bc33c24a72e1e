"""The tenant's work calendar: the days on which work differs from Monday to Friday."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models.everywhere import EverywhereQuerySet
from tenancy.isolation import TenantModel


class CalendarDayQuerySet(EverywhereQuerySet):
    def exceptions(self, first: date, last: date) -> dict[date, bool]:
        """Whether there is work, by day, for the days that are out of the ordinary."""
        rows = self.filter(day__range=(first, last))
        return dict(rows.values_list("day", "is_workday"))


class CalendarDay(TenantModel):
    """A holiday on a weekday, or a workday on a weekend."""

    day = models.DateField(_("日期"))
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("说明"), max_length=40, blank=True, default="")

    objects = CalendarDayQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("工作日调整")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "day"], name="a_day_is_set_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class CalendarYear(TenantModel):
    """A year whose holidays somebody has entered or confirmed; of others nothing is known."""

    year = models.PositiveSmallIntegerField(
        _("年度"), validators=[MinValueValidator(2020), MaxValueValidator(2100)]
    )

    objects = EverywhereQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("已核定的日历年度")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="a_year_is_confirmed_once"),
        ]

    def __str__(self) -> str:
        return str(self.year)
