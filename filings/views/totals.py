"""Totals of a place over a period: always derived from its months, never typed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filings.board_sheet import totals_sheet
from filings.grid import shown
from filings.spans import asked_for, choices, total_of
from filings.template.shapes import Template
from filings.totals.reading import Total
from filings.views.board import asked
from jobs.imports.sheets import CONTENT_TYPE
from tenancy import audit
from tenancy.areas.lookup import places
from tenancy.http import UserRequest, attachment
from tenancy.models import Area
from tenancy.periods import Period


@require_safe
def totals_page(request: UserRequest) -> HttpResponse:
    """Every figure of the template for a month, quarter, half-year, year or contract year."""
    area, period, offered, total, form = _found(request)
    context = {
        "area": area,
        "places": places(request.user, area),
        "period": period,
        "choices": offered,
        "total": total,
        "parts": _parts(form, total),
    }
    return render(request, "filings/totals.html", context)


def _found(request: UserRequest) -> tuple[Area, Period, Any, Total, Template | None]:
    area, month = asked(request)
    offered = choices(request.user, area, month)
    period = asked_for(request.GET.get("period", ""), offered)
    return area, period, offered, *total_of(area, period)


def _parts(form: Template | None, total: Total) -> list[tuple[str, list[tuple[Any, str]]]]:
    """The numbers of each section in words."""
    if form is None:
        return []
    parts = [
        (
            section.title,
            [
                (one, shown(total.figures.get(one.code), one))
                for one in section.indicators
                if one.code in form.numbers
            ],
        )
        for section in form.sections
    ]
    return [(title, rows) for title, rows in parts if rows]


@require_safe
def totals_export(request: UserRequest) -> HttpResponse:
    """The same as a workbook."""
    area, period, _offered, total, form = _found(request)
    audit.record(
        verb="export-totals",
        by=request.user,
        place=area.path,
        detail={"period": period.name, "rows": len(total.figures)},
    )
    content = totals_sheet(area, period, total, form, request.user)
    name = _("%(area)s月报汇总%(period)s.xlsx") % {"area": area.name, "period": period.name}
    return attachment(content, name, CONTENT_TYPE)
