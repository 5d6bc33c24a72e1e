"""Template filters over `tenancy.formats`, in the language and time zone of the page."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from tenancy import formats
from tenancy.formats import Number

register = template.Library()

register.filter("num", formats.num)
register.filter("yuan", formats.yuan)
register.filter("pct", formats.pct)


@register.filter
def money(value: Number | None) -> str:
    return formats.money(value, english=_english())


@register.filter
def frac(numerator: int | None, denominator: int | None) -> str:
    return formats.frac(numerator, denominator, english=_english())


@register.filter
def ddate(value: date | None) -> str:
    return formats.ddate(_local(value), english=_english())


@register.filter
def cdate(value: date | None) -> str:
    return formats.cdate(_local(value), english=_english())


@register.filter
def dtime(value: datetime | None) -> str:
    local = value and timezone.localtime(value)
    return formats.dtime(local, english=_english())


@register.filter
def since(value: datetime | None) -> str:
    local = value and timezone.localtime(value)
    return formats.since(local, timezone.localtime(), english=_english())


@register.filter
def period(first: date | None, last: date | None) -> str:
    return formats.period(first, last, english=_english())


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local(value: date | None) -> date | None:
    """The day in our time zone; an instant just before midnight UTC is tomorrow here."""
    return timezone.localtime(value) if isinstance(value, datetime) else value
