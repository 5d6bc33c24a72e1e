"""What the monthly records of a place come to: charts of a year, and totals of longer periods.

A place's months are those that are kept of it, a station's are its own records. Periods are
derived from months whenever they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from django.utils.translation import gettext as _

from dashboard.offers import may
from dashboard.panels import Part
from dashboard.pictures import Draw, Picture
from filings.models import MonthlyRecord
from filings.models.template import form_of
from filings.template.shapes import Indicator, Kind, Template
from filings.totals.reading import Total, by_month, of_record, over
from tenancy import charts, formats
from tenancy.models import Area, User
from tenancy.periods import Period, month_of, parse_period, quarter_of, twelve_months
from tenancy.permissions import Permission
from tenancy.reading import is_english

# What a place is asked about first, of what its template has.
MAIN = ("served_times", "visits", "served_persons", "cases_opened", "cases_open", "activities")
MOST_MAIN, DRAWN = 7, 3
Months = Mapping[date, Total]


@dataclass
class Year:
    """The months of a place up to a day, read once for everything that is shown of them."""

    area: Area
    last: date
    contract: Period | None = None

    @property
    def steps(self) -> list[date]:
        return twelve_months(self.last)

    @cached_property
    def months(self) -> Months:
        return by_month(self.area, self.steps[0], self.last)

    @cached_property
    def newest(self) -> date | None:
        """The last month of which numbers were accepted."""
        return max((month for month, one in self.months.items() if one.accepted), default=None)

    @cached_property
    def form(self) -> Template | None:
        """The template of the newest month, for all of them."""
        digest = self.months[self.newest].template if self.newest else ""
        return form_of(digest) if digest else None

    @cached_property
    def mains(self) -> list[Indicator]:
        """The figures to show: agreed hours first, then services; a strange form's first ones."""
        if self.form is None:
            return []
        numbers = self.form.numbers
        asked = [code for code in (self.form.hours, *MAIN) if code in numbers]
        codes = dict.fromkeys([*asked, *([] if len(asked) > 1 else numbers)])
        return [numbers[code] for code in [*codes][:MOST_MAIN]]

    def total(self, period: Period) -> Total:
        return over(self.months, self.form, period) if self.form else Total()


@dataclass
class StationYear(Year):
    """A station's months: its own records, which may be listed too."""

    user: User = field(kw_only=True)

    @cached_property
    def records(self) -> list[MonthlyRecord]:
        """The newest first; a contract year may have begun in the month before the twelve."""
        first = self.contract.first if self.contract else self.last
        rows = MonthlyRecord.objects.visible_to(self.user).filter(
            station__area=self.area, month__range=(min(first, self.steps[0]), self.last)
        )
        shown = rows.select_related("template").defer("texts", "explanations", "template__text")
        return [*shown.order_by("-month")]

    @cached_property
    def months(self) -> Months:
        return {record.month: of_record(record) for record in self.records}


def year_of(user: User, area: Area, last: date) -> Year | None:
    """The year of a place, for whoever reads records there; a community files none."""
    if area.level == Area.Level.COMMUNITY or not may(user, Permission.VIEW_RECORD, area):
        return None
    if area.level == Area.Level.STATION:
        return StationYear(area, last, user=user)
    return Year(area, last)


def station_year(user: User, area: Area, last: date, contract: Period | None) -> Year | None:
    """The year of a station, with the contract year that it is in."""
    year = year_of(user, area, last)
    return replace(year, contract=contract) if year else None


def drawings(year: Year | None) -> list[Draw]:
    """The charts of a place's records."""
    if year is None:
        return []
    return [partial(_on_time, year), *(partial(_main, year, nth) for nth in range(DRAWN))]


def _on_time(year: Year) -> Picture | None:
    """How many were filed by their due day; a month of which nothing is filed yet says nothing."""
    months = {at: one for at, one in year.months.items() if one.filed and at in year.steps}
    if not months:
        return None
    shares = [
        Fraction(months[at].on_time, months[at].due) if at in months else None for at in year.steps
    ]
    rows = [(_month(at), _share(one.on_time, one.due)) for at, one in sorted(months.items())]
    svg = charts.share_line(shares, [], _ends(year), _said(_("报送及时率"), rows[-1]))
    note = _("应报日前首次报送的月报占全部应报月报。")
    return Picture(_("报送及时率（按月）"), note, svg, (_("月份"), _("按时/应报")), rows)


def _main(year: Year, nth: int) -> Picture | None:
    """One of the main figures by month, where numbers were accepted."""
    flows = [one for one in year.mains if one.over_time == "sum" and one.formula is None]
    if nth >= len(flows):
        return None
    main = flows[nth]
    months = {at: year.months[at] for at in year.steps if _says(year, at, main)}
    if not months:
        return None
    found = {at: one.figures[main.code] or Decimal(0) for at, one in months.items()}
    rows = [(_month(at), _number(main, value)) for at, value in found.items()]
    amounts = [Fraction(found[at]) if at in found else None for at in year.steps]
    words = (_number(main, max(found.values())), rows[-1][1])
    svg = charts.columns(amounts, words, _ends(year), _said(main.name, rows[-1]))
    note = _("已接收的月报之和；最近一月接收 %(share)s。")
    last = months[max(found)]
    return Picture(
        title=_("%(name)s（按月）") % {"name": main.name},
        note=note % {"share": _share(last.accepted, last.due)},
        svg=svg,
        heads=(_("月份"), _head(main)),
        rows=rows,
    )


def _says(year: Year, at: date, main: Indicator) -> bool:
    return at in year.months and year.months[at].figures.get(main.code) is not None


def totals(year: Year | None) -> Part:
    """月报汇总: the main figures of the newest month and of the periods it lies in."""
    return "dashboard/_record_totals.html", lambda: _totals(year) if year else None


def _totals(year: Year) -> dict[str, Any] | None:
    if year.newest is None:
        return None
    named = [(label, year.total(one)) for label, one in _periods(year.newest, year.contract)]
    # A contract year may begin after the newest month.
    heads, totals = zip(*((label, total) for label, total in named if total.due), strict=True)
    spoken = [_share(one.accepted, one.due) for one in totals]
    rows = [
        (_head(main), [_number(main, one.figures.get(main.code)) for one in totals])
        for main in year.mains
    ]
    rows.append((_("已接收/应报（份）"), spoken))
    return {
        "heads": heads,
        "rows": [(name, [*zip(heads, cells, strict=True)]) for name, cells in rows],
    }


def rows(year: Year | None) -> Part:
    """The records of a station's twelve months, each with its state."""
    return "dashboard/_record_rows.html", lambda: _rows(year)


def _rows(year: Year | None) -> dict[str, Any] | None:
    if not isinstance(year, StationYear):
        return None
    shown = [record for record in year.records if record.month in year.steps]
    return {"records": shown} if shown else None


def _periods(newest: date, contract: Period | None) -> list[tuple[str, Period]]:
    """The month, and up to it the quarter, half-year, year and contract year."""
    half = parse_period(f"{newest:%Y}-H{1 if newest.month <= 6 else 2}")
    ends = month_of(newest).last
    named = [
        (_("本季度"), quarter_of(newest)),
        (_("本半年"), half),
        (_("本年"), parse_period(f"{newest:%Y}")),
        *([(_("本合同年度"), contract)] if contract else []),
    ]
    to_date = [(label, Period(one.name, one.first, ends)) for label, one in named]
    return [(formats.period(newest, ends, english=is_english()), month_of(newest)), *to_date]


def _ends(year: Year) -> tuple[str, str]:
    return _month(year.steps[0]), _month(year.steps[-1])


def _month(at: date) -> str:
    return f"{at:%Y-%m}"


def _share(part: int, whole: int) -> str:
    return formats.frac(part, whole, english=is_english())


def _said(name: str, row: tuple[str, str]) -> str:
    return _("%(name)s，%(month)s：%(number)s") % {"name": name, "month": row[0], "number": row[1]}


def _head(main: Indicator) -> str:
    """名称（单位）, as heads of columns are written."""
    return f"{main.name}{_('（')}{main.unit}{_('）')}" if main.unit else main.name


def _number(main: Indicator, value: Decimal | None) -> str:
    return formats.yuan(value) if main.kind is Kind.MONEY else formats.num(value)
