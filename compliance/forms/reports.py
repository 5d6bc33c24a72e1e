"""The form that orders a report."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.models import Area, User
from tenancy.periods import Period, parse_period, quarter_of
from tenancy.permissions import Permission
from tenancy.templatetags.formats import period as period_in_words

YEARS = 4


class ReportForm(forms.Form):
    """An area within reach and a period that has begun.

    Offered are the user's own topmost areas, those just below them and the one they came from; any
    other within reach is taken as well.
    """

    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=_("范围"), queryset=None, empty_label=None
    )
    period = forms.ChoiceField(
        label=_("周期"), help_text=_("按周期最后一天核验；周期未结束时按今天核验。")
    )

    def __init__(self, user: User, *args: Any, area: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Area.objects.visible_to(user, Permission.BUILD_REPORT)
        rows = rows.in_force(timezone.localdate()).exclude(level=Area.Level.COMMUNITY)
        choice: Any = self.fields["area"]
        choice.queryset = rows
        choice.widget.choices = _offered(rows, user, area)
        self.initial.setdefault("area", area.pk if area else None)
        period: Any = self.fields["period"]
        period.choices = periods_until(timezone.localdate())
        self.initial.setdefault("period", last_quarter().name)

    @property
    def chosen(self) -> tuple[Area, Period]:
        """Area and period of a valid form."""
        return self.cleaned_data["area"], parse_period(self.cleaned_data["period"])


def _offered(rows: Any, user: User, chosen: Area | None) -> list[tuple[int, str]]:
    topmost = user.paths_where(Permission.BUILD_REPORT)
    tops = rows.filter(path__in=topmost)
    below = rows.filter(parent__in=tops).exclude(level=Area.Level.STATION)
    offered = {area.pk: str(area) for area in [*([chosen] if chosen else []), *(tops | below)]}
    return list(offered.items())


def last_quarter() -> Period:
    """The last quarter that is over: what is asked for most."""
    return quarter_of(quarter_of(timezone.localdate()).first - timedelta(days=1))


def periods_until(today: date) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Those of recent years that have begun, the newest first."""
    years = range(today.year, today.year - YEARS, -1)
    kinds = [
        (_("季度"), [f"{year}-Q{number}" for year in years for number in (4, 3, 2, 1)]),
        (_("月"), [f"{year}-{number:02}" for year in years[:2] for number in range(12, 0, -1)]),
        (_("半年"), [f"{year}-H{number}" for year in years for number in (2, 1)]),
        (_("年"), [str(year) for year in years]),
    ]
    return [(kind, [*_begun(names, today)]) for kind, names in kinds]


def _begun(names: Iterable[str], today: date) -> Iterable[tuple[str, str]]:
    for period in map(parse_period, names):
        if period.first <= today:
            yield period.name, period_in_words(period.first, period.last)
