"""What the rules leave to somebody: the report of the quarter that is over, due notices."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.changes import Identity
from compliance.models import Notice, NoticeFinding, Report, RunFinding
from compliance.notices.choosing import ASKING
from tenancy.models import Area, User
from tenancy.periods import Period, parse_period
from tenancy.permissions import Permission
from tenancy.templatetags.formats import period as in_words
from tenancy.todos import Todo

MOST = 5
# Whoever issued a notice is told so long before its deadline.
AHEAD = timedelta(days=14)
MOST_NOTICES = 20


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


def notices_to_follow(user: User, today: date) -> Iterable[Todo]:
    """Notices of one's own place whose deadline is near or past while something is still amiss."""
    paths = user.paths_where(Permission.ISSUE_NOTICE)
    if not paths:
        return []
    rows = Notice.objects.visible_to(user, Permission.ISSUE_NOTICE).in_force()
    due = rows.filter(area__path__in=paths, deadline__lte=today + AHEAD).order_by("deadline", "pk")
    named = _named(due[:MOST_NOTICES])
    amiss = _amiss(user, named, today)
    told = ((notice, len(amiss & identities)) for notice, identities in named.items())
    return [_follow(notice, number) for notice, number in told if number]


def _named(notices: Iterable[Notice]) -> dict[Notice, set[Identity]]:
    """What each of the notices names."""
    found: dict[int, set[Identity]] = {}
    kept = {notice.pk: notice for notice in notices}
    rows = NoticeFinding.objects.filter(notice__in=kept)
    for key, *identity in rows.values_list("notice_id", "rule", "kind", "code"):
        found.setdefault(key, set()).add((identity[0], identity[1], identity[2]))
    return {notice: found.get(key, set()) for key, notice in kept.items()}


def _amiss(user: User, named: dict[Notice, set[Identity]], today: date) -> set[Identity]:
    """What of it the newest runs still find."""
    if not named:
        return set()
    pack = user.tenant.pack if user.tenant else ""
    paths = user.paths_where(Permission.ISSUE_NOTICE)
    rows = RunFinding.objects.current_at(paths, pack, today).filter(status__in=ASKING)
    codes = {code for identities in named.values() for _rule, _kind, code in identities}
    found = rows.filter(code__in=codes)
    return {(rule, kind, code) for rule, kind, code in found.values_list("rule", "kind", "code")}


def _follow(notice: Notice, number: int) -> Todo:
    told = {"number": notice.number, "amiss": number}
    return Todo(
        _("%(number)s：仍有 %(amiss)s 项未整改") % told,
        reverse("compliance:notice-detail", args=[notice.pk]),
        notice.deadline,
    )
