"""Reports, built as the command builds them."""

from compliance import actions
from tenancy.models import User
from tenancy.periods import parse_period


def built(area, period="2025-Q4"):
    by = User.objects.system(area.tenant_id)
    return actions.build_report(area=area, period=parse_period(period), by=by)
