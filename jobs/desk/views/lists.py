"""Ledgers: which there are, their rows on pages, and the same rows as a workbook."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jobs.desk.cells import Reader, columns_of, head_of
from jobs.desk.forms.filters import RowFilter
from jobs.desk.listing import Wanted, rows_for, visible
from jobs.desk.tables import table
from jobs.desk.workbook import as_workbook
from jobs.imports.sheets import CONTENT_TYPE
from jobs.ledgers import Ledger, named, registered
from tenancy import audit, formats
from tenancy.areas.lookup import Place, area_or_404, places
from tenancy.http import UserRequest, attachment
from tenancy.models import Area, User

ROWS = 50
MOST_EXPORTED = 20_000


def ledger_or_404(slug: str) -> Ledger:
    found = named(slug)
    if found is None:
        raise Http404
    return found


def trail(ledger: Ledger) -> list[Place]:
    """The way to a ledger's list."""
    return [
        Place(_("台账"), reverse("ledgers:overview")),
        Place(str(ledger.title), reverse("ledgers:row-list", args=[ledger.slug])),
    ]


@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """The ledgers that one may see, with how many rows one sees."""
    ledgers = [one for one in registered().values() if request.user.paths_where(one.view_verb)]
    offered = [_offered(request.user, ledger) for ledger in ledgers]
    context = {"ledgers": offered, "may_enter": any(one["new"] for one in offered)}
    return render(request, "ledgers/overview.html", context)


def _offered(user: User, ledger: Ledger) -> dict[str, Any]:
    return {
        "name": str(ledger.title),
        "url": reverse("ledgers:row-list", args=[ledger.slug]),
        "count": visible(ledger, user).count(),
        "new": _new_url(user, ledger),
    }


def _new_url(user: User, ledger: Ledger) -> str:
    allowed = user.paths_where(ledger.verb)
    return reverse("ledgers:row-new", args=[ledger.slug]) if allowed else ""


@require_safe
def row_list(request: UserRequest, slug: str) -> HttpResponse:
    """One ledger's rows within reach, by code."""
    ledger = ledger_or_404(slug)
    form, wanted = _wanted(request, ledger)
    rows = rows_for(ledger, request.user, wanted)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "name": str(ledger.title),
        "form": form,
        "places": places(request.user, wanted.area) if wanted.area else trail(ledger),
        "page": page,
        "table": table(ledger, request.user, page, columns_of(ledger)),
        "new_url": _new_url(request.user, ledger),
        "export_url": _export_url(request, ledger),
    }
    return render(request, "ledgers/row_list.html", context)


def _wanted(request: UserRequest, ledger: Ledger) -> tuple[RowFilter, Wanted]:
    form = RowFilter(ledger, request.GET)
    form.is_valid()
    given = form.cleaned_data
    area = _area(request, ledger, given.get("area", ""))
    return form, Wanted(area, given.get("q", ""), given.get("on"), given.get("only", ""))


def _area(request: UserRequest, ledger: Ledger, code: str) -> Area | None:
    level = request.GET.get("level", "")
    if code:
        return area_or_404(request.user, code, level, ledger.view_verb)
    if not request.user.paths_where(ledger.view_verb):
        raise PermissionDenied
    return None


def _export_url(request: UserRequest, ledger: Ledger) -> str:
    query = {name: value for name, value in request.GET.items() if name != "page" and value}
    url = reverse("ledgers:row-export", args=[ledger.slug])
    return f"{url}?{urlencode(query)}" if query else url


@require_safe
def row_export(request: UserRequest, slug: str) -> HttpResponse:
    """The list with its filters as a workbook."""
    ledger = ledger_or_404(slug)
    _form, wanted = _wanted(request, ledger)
    rows = list(rows_for(ledger, request.user, wanted)[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        messages.warning(request, _("超过 20,000 行，请先用区划或编码筛选，再导出。"))
        return redirect("ledgers:row-list", slug)
    columns, reader = columns_of(ledger), Reader(ledger, request.user, rows)
    content = as_workbook(
        ledger.sheet,
        [head_of(column) for column in columns],
        (reader.cells(row, columns) for row in rows),
        _about(request, ledger, wanted, len(rows)),
    )
    _note(request, ledger, wanted, len(rows))
    return _download(ledger, content)


def _only(ledger: Ledger, wanted: Wanted) -> str:
    return str(ledger.narrowings[wanted.only].label) if wanted.only else formats.NO_DATA


def _about(
    request: UserRequest, ledger: Ledger, wanted: Wanted, count: int
) -> list[tuple[str, str]]:
    area = wanted.area
    return [
        (_("台账"), str(ledger.title)),
        (_("范围"), f"{area.name} {area.code}" if area else _("您负责的全部范围")),
        (_("编码或名称"), wanted.words or formats.NO_DATA),
        (_("在此日有效"), formats.ddate(wanted.on)),
        (_("只看"), _only(ledger, wanted)),
        (_("行数"), formats.num(count)),
        (_("数据时间"), formats.dtime(timezone.localtime())),
        (_("导出人"), request.user.name),
    ]


def _note(request: UserRequest, ledger: Ledger, wanted: Wanted, count: int) -> None:
    """Words may be somebody's name: that there were some is enough."""
    audit.record(
        verb="export-ledger",
        by=request.user,
        place=wanted.area.path if wanted.area else "",
        detail={
            "ledger": ledger.slug,
            "rows": count,
            "words": bool(wanted.words),
            "on": str(wanted.on or ""),
        },
    )


def _download(ledger: Ledger, content: bytes) -> HttpResponse:
    name = f"{ledger.title}{timezone.localdate():%Y%m%d}.xlsx"
    return attachment(content, name, CONTENT_TYPE)
