"""The tenant's rules of filing, its work calendar, and what each indicator means."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from filings import actions
from filings.facts import unconnected
from filings.forms import CalendarDayForm, PolicyForm
from filings.listing import month_named
from filings.models import CalendarDay, CalendarYear, FilingPolicy, RecordTemplate
from stations import figures
from tenancy.http import UserRequest
from tenancy.permissions import Permission
from tenancy.versions import Stale

REFUSED, CONFLICT = 422, 409
YEARS = range(2020, 2101)


@require_safe
def definitions(request: UserRequest) -> HttpResponse:
    """What every indicator counts and what it does not, by the template of a month."""
    if not request.user.paths_where(Permission.VIEW_RECORD):
        raise PermissionDenied
    month = month_named(request.GET.get("month", "")) or timezone.localdate().replace(day=1)
    template = RecordTemplate.objects.visible_to(request.user).for_month(month).first()
    form = template.form if template else None
    missing = set(unconnected(form)) if form else set()
    context = {
        "template": template,
        "form_sections": form.sections if form else [],
        "form_source": form.source if form else "",
        "month": month,
        "labels": {
            name: source.label
            for one in (form.numbers.values() if form else ())
            for name in (one.source,)
            if (source := figures.find(name)) is not None
        },
        "missing": missing,
    }
    return render(request, "filings/definitions.html", context)


def _need_the_verb(request: UserRequest) -> None:
    if not request.user.paths_where(Permission.SET_FILING):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def filing_settings(request: UserRequest) -> HttpResponse:
    """The clocks and who looks first; what is open keeps what it was opened under."""
    _need_the_verb(request)
    policy = FilingPolicy.objects.visible_to(request.user).current()
    form = PolicyForm(request.POST or None, instance=policy)
    status = 200
    if form.is_valid():
        try:
            actions.set_policy(changes=form.cleaned_data, seen=_seen(request), by=request.user)
        except Stale:
            messages.warning(request, _("月报规则刚被他人改过，请核对后再保存。"))
            return redirect("filings:filing-settings")
        messages.success(request, _("已保存，从下一次开启的月份起执行。"))
        return redirect("filings:filing-settings")
    if form.errors:
        status = REFUSED
    templates = RecordTemplate.objects.visible_to(request.user).order_by("-since", "-loaded_at")
    context = {
        "form": form,
        "version": FilingPolicy.objects.visible_to(request.user).current().version,
        "templates": templates.defer("text"),
        "today": timezone.localdate(),
    }
    return render(request, "filings/settings.html", context, status=status)


def _seen(request: UserRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: UserRequest) -> HttpResponse:
    """The days of a year on which work is other than the week says."""
    _need_the_verb(request)
    year = _year(request)
    form = CalendarDayForm(request.POST if "day" in request.POST else None)
    if request.method == "POST" and (answer := _change(request, form, year)):
        return answer
    days = CalendarDay.objects.visible_to(request.user).filter(day__year=year).order_by("day")
    context = {
        "form": form,
        "year": year,
        "days": days,
        "known": CalendarYear.objects.visible_to(request.user).filter(year=year).exists(),
    }
    status = REFUSED if form.errors else 200
    return render(request, "filings/calendar.html", context, status=status)


def _year(request: UserRequest) -> int:
    given: Any = request.POST if request.method == "POST" else request.GET
    text = given.get("year", "") or str(timezone.localdate().year)
    if not (text.isdecimal() and len(text) == 4 and int(text) in YEARS):
        raise Http404
    return int(text)


def _change(request: UserRequest, form: CalendarDayForm, year: int) -> HttpResponse | None:
    """Do what was asked: forget a day, confirm the year, or set a day."""
    back = redirect(f"{reverse('filings:calendar')}?year={year}")
    if "forget" in request.POST:
        actions.forget_day(day=_day(request.POST["forget"]), by=request.user)
        messages.success(request, _("已删除这一天的调整。"))
    elif "confirm" in request.POST:
        actions.confirm_year(year=year, by=request.user)
        messages.success(request, _("已核定 %s 年的工作日历。") % year)
    elif form.is_valid():
        said = form.cleaned_data
        actions.set_day(
            day=said["day"],
            is_workday=said["is_workday"] == "1",
            name=said["name"],
            by=request.user,
        )
        messages.success(request, _("已保存。未到期的月报已按新的日历重算期限。"))
        back = redirect(f"{reverse('filings:calendar')}?year={said['day'].year}")
    else:
        return None
    return back


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
