"""What the monthly records of a place come to, month by month, as pictures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

from django.utils.translation import gettext as _

from dashboard.pictures import Draw, Picture
from filings.grid import shown
from filings.models import RecordTemplate
from filings.template.shapes import Indicator, Template
from filings.totals.reading import Total, by_month, with_computed
from tenancy import charts, formats
from tenancy.models import Area, User
from tenancy.periods import twelve_months
from tenancy.permissions import Permission
from tenancy.reading import is_english

# Drawn where the template has them, besides the hours that count towards the contract.
CHARTED = ("served_times", "visits")
Months = Mapping[date, Total]


def records_drawings(user: User, area: Area, last: date) -> list[Draw]:
    """Share filed on time, hours, and the main counts; nothing for who may not read records."""
    paths = user.paths_where(Permission.VIEW_RECORD)
    if not any(area.path.startswith(path) for path in paths):
        return []
    steps = twelve_months(last.replace(day=1) - timedelta(days=1))  # months that have ended
    months = cache(lambda: by_month(area, steps[0], steps[-1]))
    form = cache(lambda: _form(user, steps[-1]))
    return [
        lambda: on_time_by_month(months(), steps),
        *(_amounts(months, form, steps, number) for number in range(1 + len(CHARTED))),
    ]


def _form(user: User, month: date) -> Template | None:
    rows = RecordTemplate.objects.visible_to(user).for_month(month).defer("text")
    template = rows.first()
    return template.form if template else None


def on_time_by_month(months: Months, steps: Sequence[date]) -> Picture | None:
    """Records first filed by their due day, of those due."""
    told = {month: months[month] for month in steps if month in months and months[month].due}
    if not told:
        return None
    shares = [Fraction(told[one].on_time, told[one].due) if one in told else None for one in steps]
    rows = [(_month(one), _share(total)) for one, total in told.items()]
    words = _("%(title)s，%(month)s：%(share)s")
    title = _("月报按时报送（按月）")
    said = words % {"title": title, "month": rows[-1][0], "share": rows[-1][1]}
    svg = charts.share_line(shares, [], _ends(steps), said)
    note = _("首次报送不晚于应报日的月报占应报月报；最近一个月随报送变化。")
    return Picture(title, note, svg, (_("月份"), _("按时/应报")), rows)


def _amounts(
    months: Callable[[], Months],
    form: Callable[[], Template | None],
    steps: Sequence[date],
    number: int,
) -> Draw:
    def draw() -> Picture | None:
        found = form() if months() else None
        indicators = _indicators(found) if found else []
        if found is None or number >= len(indicators):
            return None
        return amount_by_month(months(), found, indicators[number], steps)

    return draw


def _indicators(form: Template) -> list[Indicator]:
    codes = [code for code in (form.hours, *CHARTED) if code in form.numbers]
    return [form.numbers[code] for code in codes]


def amount_by_month(
    months: Months, form: Template, indicator: Indicator, steps: Sequence[date]
) -> Picture | None:
    """One indicator of the accepted records."""
    found = {
        month: with_computed(form, months[month].figures).get(indicator.code)
        for month in steps
        if month in months and months[month].accepted
    }
    values: list[Decimal | None] = [found.get(month) for month in steps]
    if not any(values):
        return None
    rows = [(_month(one), shown(value, indicator)) for one, value in found.items()]
    title = _("%(name)s（按月，%(unit)s）") % {"name": indicator.name, "unit": indicator.unit}
    newest = max(found)
    words = shown(found[newest], indicator)
    told = {"title": title, "month": _month(newest), "value": words}
    svg = charts.columns(
        [None if value is None else Fraction(value) for value in values],
        words if newest == steps[-1] else "",
        _ends(steps),
        _("%(title)s，%(month)s：%(value)s") % told,
    )
    note = _("由已接收的月报逐级相加；尚未接收的不计入。")
    return Picture(title, note, svg, (_("月份"), indicator.name), rows)


def _ends(steps: Sequence[date]) -> tuple[str, str]:
    return f"{steps[0]:%Y-%m}", f"{steps[-1]:%Y-%m}"


def _month(month: date) -> str:
    return f"{month:%Y-%m}"


def _share(total: Total) -> str:
    return formats.frac(total.on_time, total.due, english=is_english())
