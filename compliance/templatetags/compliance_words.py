"""Words of verdicts in templates."""

from django import template

from compliance.findings import Status
from compliance.wording import STATUSES
from tenancy.formats import NO_DATA

register = template.Library()


@register.filter
def status_name(status: str) -> str:
    """符合, 不符合 …; a dash where nothing was judged."""
    return str(STATUSES[Status(status)]) if status else NO_DATA
