"""Words of verdicts in templates."""

from django import template

from compliance.findings import Status
from compliance.lines import PARAMETERS, typed
from compliance.wording import STATUSES, TITLES
from tenancy.formats import NO_DATA
from tenancy.periods import parse_period
from tenancy.templatetags.formats import period as in_words

register = template.Library()


@register.filter
def status_name(status: str) -> str:
    """符合, 不符合 …; a dash where nothing was judged."""
    return str(STATUSES[Status(status)]) if status else NO_DATA


@register.filter
def parameter_name(parameter: str) -> str:
    """What a parameter of a rule is called; rows outlive parameters."""
    return str(PARAMETERS.get(parameter, parameter))


@register.filter
def period_name(name: str) -> str:
    """2026年第三季度 for 2026-Q3."""
    period = parse_period(name)
    return str(in_words(period.first, period.last))


@register.filter
def rule_title(rule: str) -> str:
    """What a rule asks for; rows outlive rules."""
    return str(TITLES.get(rule, rule))


register.filter("typed", typed)
