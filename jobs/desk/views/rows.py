"""One row of a ledger: read, entered, changed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobs.desk import actions
from jobs.desk.cells import Reader
from jobs.desk.forms.row import RowForm
from jobs.desk.listing import visible, with_references
from jobs.desk.tables import address_of, best_page, entries, referring
from jobs.desk.views.lists import ledger_or_404, trail
from jobs.imports.written import as_text, written
from jobs.ledgers import Ledger, led, named, offers_on, page_of, translated
from tenancy import audit, versions
from tenancy.areas.lookup import Place, area_or_404
from tenancy.http import UserRequest
from tenancy.once import once
from tenancy.scoping import scoped_or_404

REFUSED, CONFLICT = 422, 409


@require_safe
def row_detail(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Everything a ledger says of a row, and what other ledgers say of it."""
    ledger = ledger_or_404(slug)
    row = get_object_or_404(_rows(request, ledger), pk=pk)
    _note_reading(request, ledger, row)
    reader = Reader(ledger, request.user, [row])
    code = as_text(written(ledger, ledger.column_of(ledger.key[0]), row))
    context = {
        "title": reader.title(row),
        "places": [*trail(ledger), Place(code, "")],
        "entries": entries(ledger, request.user, row, reader),
        "tables": referring(ledger, request.user, row, code),
        "page_url": page_of(ledger, row),
        "edit_url": address_of(ledger, row, "edit") if row.pk in reader.writable else "",
        "offers": _offers(request, ledger, row),
    }
    return render(request, "ledgers/row_detail.html", context)


def _note_reading(request: UserRequest, ledger: Ledger, row: Any) -> None:
    """Who looked at a person is kept."""
    if ledger.personal:
        audit.record(verb=f"view-{ledger.thing}", by=request.user, target=row, place=row.home.path)


def _rows(request: UserRequest, ledger: Ledger) -> Any:
    return with_references(ledger, visible(ledger, request.user))


def _offers(request: UserRequest, ledger: Ledger, row: Any) -> list[dict[str, Any]]:
    """What else the person may do with the row."""
    return [
        {"label": label, "url": url}
        for verb, label, url in offers_on(ledger, row)
        if request.user.paths_where(verb)
        and visible(ledger, request.user, verb).filter(pk=row.pk).exists()
    ]


@once
@require_http_methods(["GET", "HEAD", "POST"])
def row_new(request: UserRequest, slug: str) -> HttpResponse:
    """Enter a row."""
    ledger = ledger_or_404(slug)
    if not request.user.paths_where(ledger.verb):
        raise PermissionDenied
    form = RowForm(ledger, request.user, data=request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    return _save(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Change a row; a stale edit is shown beside what stands now."""
    ledger = ledger_or_404(slug)
    row = scoped_or_404(_rows(request, ledger), request.user, ledger.verb, pk=pk)
    if request.method != "POST":
        _note_reading(request, ledger, row)
    form = RowForm(ledger, request.user, row, request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    try:
        return _save(request, form)
    except versions.Stale:
        return _conflict(request, form)


def _save(request: UserRequest, form: RowForm) -> HttpResponse:
    try:
        saved = actions.save_row(
            ledger=form.ledger,
            cells=form.cells(),
            row=form.row,
            seen=form.cleaned_data.get("version", 0),
            by=request.user,
        )
    except actions.Refused as refused:
        form.tell(refused.faults)
        return _page(request, form)
    _say(request, saved)
    return redirect(address_of(form.ledger, saved.row))


def _say(request: UserRequest, saved: actions.Saved) -> None:
    messages.success(request, _("已保存。") if saved.changed else _("内容没有变化。"))
    for warning in saved.warnings:
        messages.warning(request, warning.message + warning.remedy)


def _conflict(request: UserRequest, form: RowForm) -> HttpResponse:
    row = get_object_or_404(_rows(request, form.ledger), pk=form.row.pk)
    differences = versions.differences(form, form.stored_now(row))
    form.take_up(row.version)
    return _page(request, form, differences=differences, status=CONFLICT)


def _page(request: UserRequest, form: RowForm, *, status: int = 0, **more: Any) -> HttpResponse:
    ledger, row = form.ledger, form.row
    context = {
        "form": form,
        "name": translated(ledger.sheet),
        "title": Reader(ledger, request.user, [row]).title(row) if row else "",
        "places": [*trail(ledger), Place(_("修改") if row else _("新增"), "")],
        "back_url": address_of(ledger, row) if row else trail(ledger)[-1].url,
        **more,
    }
    status = status or (REFUSED if form.errors else 200)
    return render(request, "ledgers/row_form.html", context, status=status)


@require_safe
def subject(request: UserRequest, kind: str, code: str) -> HttpResponse:
    """To the page of what a verdict or a note names by kind and code."""
    if kind == "area":
        return redirect(area_or_404(request.user, code, request.GET.get("level", "")))
    if address := led(kind, request.user, code):
        return redirect(address)
    ledger = named(f"{kind}s")
    meant = ledger.coded(code) if ledger else None
    if ledger is None or meant is None:
        raise Http404
    found = get_object_or_404(visible(ledger, request.user), **meant)
    return redirect(best_page(ledger, found))
