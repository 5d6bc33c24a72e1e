"""What the rules leave to somebody: the report of the quarter that is over."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.models import Report
from compliance.periods import Period, parse_period
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tenancy.templatetags.formats import period as in_words
from tenancy.todos import Todo

MOST = 5


def reports_to_build(user: User, today: date) -> Iterable[Todo]:
    """The last whole quarter's report of the places that somebody oversees, while nobody built it.

    Streets may report as well; nobody asks them to.
    """
    paths = user.paths_where(Permission.EVALUATE)
    if not paths:
        return []
    quarter = last_quarter(today)
    built = Report.objects.visible_to(user).filter(period=quarter.name).values("area")
    areas = Area.objects.visible_to(user, Permission.BUILD_REPORT).in_force(today)
    areas = areas.exclude(level__in=(Area.Level.STREET, Area.Level.STATION))
    missing = areas.filter(path__in=paths[:MOST]).exclude(pk__in=built)
    return [_todo(area, quarter) for area in missing.order_by("code")]


def last_quarter(today: date) -> Period:
    """The newest quarter that was over before the day."""
    ended = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1) - timedelta(days=1)
    return parse_period(f"{ended.year}-Q{(ended.month + 2) // 3}")


def _todo(area: Area, quarter: Period) -> Todo:
    when = in_words(quarter.first, quarter.last)
    query = urlencode({"area": area.pk, "period": quarter.name})
    return Todo(
        _("生成%(area)s%(when)s合规报告") % {"area": area.name, "when": when},
        f"{reverse('compliance:report-new')}?{query}",
    )
