"""Template filters over `tenancy.formats`, in the language and time zone of the page."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from tenancy import formats
from tenancy.formats import Number
from tenancy.reading import is_english

register = template.Library()

register.filter("num", formats.num)
register.filter("yuan", formats.yuan)
register.filter("pct", formats.pct)


@register.filter
def money(value: Number | None) -> str:
    return formats.money(value, english=is_english())


@register.filter
def frac(numerator: int | None, denominator: int | None) -> str:
    return formats.frac(numerator, denominator, english=is_english())


@register.filter
def ddate(value: date | None) -> str:
    return formats.ddate(_local(value), english=is_english())


@register.filter
def cdate(value: date | None) -> str:
    return formats.cdate(_local(value), english=is_english())


@register.filter
def dtime(value: datetime | None) -> str:
    local = value and timezone.localtime(value)
    return formats.dtime(local, english=is_english())


@register.filter
def since(value: datetime | None) -> str:
    local = value and timezone.localtime(value)
    return formats.since(local, timezone.localtime(), english=is_english())


@register.filter
def period(first: date | None, last: date | None) -> str:
    return formats.period(first, last, english=is_english())


def _local(value: date | None) -> date | None:
    """The day in our time zone; an instant just before midnight UTC is tomorrow here."""
    return timezone.localtime(value) if isinstance(value, datetime) else value
