"""The progress board: who has filed, who is late, who is missing; urging, and taking it away."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings import actions
from filings.board_sheet import board_sheet
from filings.listing import month_named, months_of
from filings.models import MonthlyRecord
from filings.progress import progress, records_at, to_remind
from jobs.imports.sheets import CONTENT_TYPE
from tenancy import audit
from tenancy.areas.lookup import area_or_404, places
from tenancy.http import UserRequest, attachment
from tenancy.models import Area, User
from tenancy.periods import month_of
from tenancy.permissions import Permission

ROWS = 50
MOST_AT_ONCE = 500


@require_safe
def board(request: UserRequest) -> HttpResponse:
    """A place's month in counts, with what lies below it; the records where they are listed."""
    area, month = asked(request)
    found = progress(request.user, area, month)
    listing = request.GET.get("show") == "missing" or not found.below
    context = {
        "area": area,
        "places": places(request.user, area),
        "period": month_of(month),
        "months": months_of(request.user),
        "progress": found,
        "overdue": found.due_on is not None and found.due_on < timezone.localdate(),
        "listing": listing,
        "page": _records(request, area, month) if listing else None,
        "may_remind": _may_remind(request.user, area),
        "board_url": f"{reverse('filings:board')}?period={month:%Y-%m}",
    }
    return render(request, "filings/board.html", context)


def asked(request: UserRequest) -> tuple[Area, date]:
    """The place and the month of the address; the person's own place, the newest month."""
    given: Any = request.GET if request.method != "POST" else request.POST
    month = month_named(given.get("period", "")) or _newest(request.user)
    code = given.get("area", "")
    if code:
        level = given.get("level", "")
        return area_or_404(request.user, code, level, Permission.VIEW_RECORD), month
    if not request.user.paths_where(Permission.VIEW_RECORD):
        raise PermissionDenied
    own = Area.objects.visible_to(request.user, Permission.VIEW_RECORD)
    own = own.filter(path__in=request.user.paths_where(Permission.VIEW_RECORD))
    area = own.order_by("path").first()
    if area is None:
        raise Http404
    return area, month


def _newest(user: User) -> date:
    """The month that is being filed: the newest that has ended, else the newest there is."""
    today = timezone.localdate().replace(day=1)
    rows = MonthlyRecord.objects.visible_to(user).order_by("-month").values_list("month", flat=True)
    ended: date | None = rows.filter(month__lt=today).first()
    return ended or rows.first() or today


def _records(request: HttpRequest, area: Area, month: date) -> Any:
    rows = records_at(request.user, area, month)  # type: ignore[arg-type]
    if request.GET.get("show") == "missing":
        rows = rows.unfiled()
    rows = rows.defer("figures", "texts", "unread", "explanations").prefetch_related("reminders")
    return Paginator(rows.order_by("station__code"), ROWS).get_page(request.GET.get("page"))


def _may_remind(user: User, area: Area) -> bool:
    return any(area.path.startswith(one) for one in user.paths_where(Permission.REMIND_RECORD))


@require_safe
def board_export(request: UserRequest) -> HttpResponse:
    """The board as a workbook, with what it is of."""
    area, month = asked(request)
    found = progress(request.user, area, month)
    rows = (
        [*records_at(request.user, area, month).order_by("station__code")]
        if not found.below
        else []
    )
    audit.record(
        verb="export-board",
        by=request.user,
        place=area.path,
        detail={"month": f"{month:%Y-%m}", "rows": len(found.below) or len(rows)},
    )
    content = board_sheet(found, rows, month, request.user)
    name = _("%(area)s%(month)s月报进度.xlsx") % {"area": area.name, "month": f"{month:%Y%m}"}
    return attachment(content, name, CONTENT_TYPE)


@require_POST
def remind(request: UserRequest) -> HttpResponse:
    """Urge the chosen ones, or all that are missing at the place."""
    area, month = asked(request)
    if not _may_remind(request.user, area):
        raise PermissionDenied
    rows = to_remind(request.user, area, month)
    if "all" not in request.POST:
        keys = [key for key in request.POST.getlist("record") if key.isdecimal() and len(key) < 19]
        rows = rows.filter(pk__in=keys)
    records = [*rows[:MOST_AT_ONCE]]
    done = actions.remind(records=records, by=request.user)
    _say(request, done, len(records))
    if done == MOST_AT_ONCE < rows.count():
        words = _("一次最多催办 %(most)s 份，其余的请再催办一次。")
        messages.info(request, words % {"most": MOST_AT_ONCE})
    query = f"?period={month:%Y-%m}&area={area.code}&level={area.level}&show=missing"
    return redirect(reverse("filings:board") + query)


def _say(request: UserRequest, done: int, chosen: int) -> None:
    if not chosen:
        messages.warning(request, _("没有可催办的：请先勾选未报送的月报。"))
    elif not done:
        messages.info(request, _("所选的今天都已催办过；同一份月报一天只催办一次。"))
    else:
        left = chosen - done
        told = {"done": done, "left": left}
        words = (
            _("已催办 %(done)s 份，另有 %(left)s 份今天已催办过。")
            if left
            else _("已催办 %(done)s 份。")
        )
        messages.success(request, words % told)
