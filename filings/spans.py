"""Periods that totals are read for: a month, what it lies in, and a station's contract years."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from filings.models import RecordTemplate
from filings.template.shapes import Template
from filings.totals.reading import Total, by_month, over
from procurement.models import Contract
from tenancy import formats
from tenancy.models import Area, User
from tenancy.periods import Period, UnknownPeriod, parse_period
from tenancy.reading import is_english

CONTRACT = "contract-"


@dataclass(frozen=True)
class Choice:
    """A period that can be asked for, in words."""

    period: Period
    words: str


def choices(user: User, area: Area, newest: date) -> list[Choice]:
    """The newest month, its quarter, half-year and year, and those just before them."""
    found = [parse_period(name) for name in _names(newest)]
    contracts = _contract_years(user, area) if area.level == Area.Level.STATION else []
    return [Choice(one, _words(one)) for one in found] + contracts


def _names(newest: date) -> list[str]:
    year, month = newest.year, newest.month
    quarter, half = (month + 2) // 3, (month + 5) // 6
    before = [f"{year - (month == 1)}-{12 if month == 1 else month - 1:02}"]
    quarters = [f"{year}-Q{one}" for one in range(quarter, 0, -1)]
    halves = [f"{year}-H{one}" for one in range(half, 0, -1)]
    return [f"{year}-{month:02}", *before, *quarters, *halves, f"{year}", f"{year - 1}"]


def _words(period: Period) -> str:
    return formats.period(period.first, period.last, english=is_english())


def _contract_years(user: User, area: Area) -> list[Choice]:
    """A month belongs to the contract year that its first day lies in."""
    rows = Contract.objects.visible_to(user).filter(project__station__area=area)
    return [
        Choice(
            Period(f"{CONTRACT}{one.pk}", one.starts_on, one.ends_on),
            _("合同年度 %s") % formats.period(one.starts_on, one.ends_on, english=is_english()),
        )
        for one in rows.order_by("-starts_on")[:5]
    ]


def asked_for(text: str, offered: list[Choice]) -> Period:
    """The period of an address, or the newest month."""
    for choice in offered:
        if choice.period.name == text:
            return choice.period
    try:
        return parse_period(text)
    except UnknownPeriod:
        return offered[0].period


def total_of(area: Area, period: Period) -> tuple[Total, Template | None]:
    """What a place's records come to over a period, by the template of its last month."""
    template = RecordTemplate.objects.for_month(period.last.replace(day=1)).defer("text").first()
    if template is None:
        return Total(), None
    months = by_month(area, period.first, period.last)
    return over(months, template.form, period), template.form
