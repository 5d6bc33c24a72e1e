"""What records leave to somebody: to fill, to mend, to review, to follow up."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Subquery, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from filings.listing import awaiting
from filings.models import AreaMonth, MonthlyRecord
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.todos import Todo

REVIEW, OVERDUE = "review", "overdue"
REMIND = Permission.REMIND_RECORD


def records_to_file(user: User, today: date) -> Iterable[Todo]:
    """Records of months that have ended, and those sent back to be mended."""
    if Permission.SUBMIT_RECORD not in user.verbs:
        return []
    rows = MonthlyRecord.objects.visible_to(user, Permission.SUBMIT_RECORD).fillable(today)
    back = Q(returned_at__isnull=False)
    found = rows.filter(Q(month__lt=today.replace(day=1)) | back).aggregate(
        back=Count("pk", filter=back),
        mend_by=Min("mend_by", filter=back),
        one_back=Max("pk", filter=back),
        open=Count("pk", filter=~back),
        due_on=Min("due_on", filter=~back),
        one_open=Max("pk", filter=~back),
    )
    return [*_to_mend(found), *_to_fill(found)]


def _to_mend(found: dict[str, Any]) -> Iterable[Todo]:
    if found["back"]:
        said = _("%(number)s 份月报被退回，待修改后重新报送") % {"number": found["back"]}
        yield Todo(said, _where(found["back"], found["one_back"], "returned"), found["mend_by"])


def _to_fill(found: dict[str, Any]) -> Iterable[Todo]:
    if found["open"]:
        said = _("%(number)s 份月报待报送") % {"number": found["open"]}
        yield Todo(said, _where(found["open"], found["one_open"], "to-fill"), found["due_on"])


def _where(number: int, one: int, state: str) -> str:
    """The form of the only one, else their list."""
    if number == 1:
        return reverse("filings:record-edit", args=[one])
    return f"{reverse('filings:record-list')}?state={state}"


def records_to_follow(user: User, today: date) -> Iterable[Todo]:
    """What waits for the person's review, and what is overdue: one query for both."""
    if not {Permission.REVIEW_RECORD, Permission.ACCEPT_RECORD, REMIND} & user.verbs:
        return []
    waiting = awaiting(user).annotate(what=Value(REVIEW)).values("what")
    waiting = waiting.annotate(number=Count("pk"), first=Min("locks_on"))
    return [
        _follow(found, today)
        for found in waiting.union(_overdue(user, today))
        if found["number"] and found["first"]
    ]


def _overdue(user: User, today: date) -> Any:
    """From the totals of the month before, once its due day has passed."""
    month = _month_before(today)
    any_record = MonthlyRecord.objects.visible_to(user).filter(month=month, due_on__lt=today)
    rows = AreaMonth.objects.visible_to(user, REMIND).filter(month=month)
    own = rows.filter(area__path__in=user.paths_where(REMIND)).annotate(what=Value(OVERDUE))
    return own.values("what").annotate(
        number=Sum(F("due") - F("filed")), first=Subquery(any_record.values("due_on")[:1])
    )


def _month_before(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _follow(found: dict[str, Any], today: date) -> Todo:
    if found["what"] == REVIEW:
        said = _("%(number)s 份月报待审核") % found
        return Todo(said, reverse("filings:review-queue"), found["first"])
    month = f"{_month_before(today):%Y-%m}"
    said = _("%(number)s 份 %(month)s 月报逾期未报，可以催办") % {**found, "month": month}
    url = f"{reverse('filings:board')}?period={month}&show=missing"
    return Todo(said, url, found["first"])
