"""Opening figures of a project: attested, withdrawn, with the paper that says so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance import actions
from compliance.forms.parameters import OpeningForm
from compliance.models import OpeningFigure
from compliance.refused_entries import REFUSALS
from procurement.models import Project
from tenancy import audit
from tenancy.areas.lookup import places
from tenancy.documents import handed_out
from tenancy.http import UserRequest
from tenancy.once import once
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tenancy.views.sign_in import REFUSED


@once
@require_http_methods(["GET", "HEAD", "POST"])
def opening_list(request: UserRequest, pk: int) -> HttpResponse:
    """The figures of a project, and a form for one more."""
    rows = Project.objects.visible_to(request.user).select_related("station__area")
    project = scoped_or_404(rows, request.user, Permission.CHANGE_PROJECT, pk=pk)
    form = OpeningForm(project, request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.attest_opening_figure(project=project, by=request.user, **form.cleaned_data)
        except REFUSALS as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("期初持证数已登记，下次核验起采用。"))
            return redirect("compliance:opening-list", pk)
    return _page(request, project, form)


def _page(request: UserRequest, project: Project, form: OpeningForm) -> HttpResponse:
    figures = OpeningFigure.objects.visible_to(request.user).filter(project=project)
    context = {
        "project": project,
        "form": form,
        "figures": figures.select_related("attested_by").order_by("year"),
        "places": places(request.user, project.station.area),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "compliance/opening_list.html", context, status=status)


@require_POST
def opening_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a figure that was entered wrongly."""
    rows = OpeningFigure.objects.visible_to(request.user).select_related("project__station__area")
    figure = scoped_or_404(rows, request.user, Permission.CHANGE_PROJECT, pk=pk)
    actions.withdraw_opening_figure(figure=figure, by=request.user)
    messages.success(request, _("期初持证数已撤回。"))
    return redirect("compliance:opening-list", figure.project_id)


@require_safe
def opening_document(request: UserRequest, pk: int) -> HttpResponse:
    """The paper; taking it away is written down."""
    rows = OpeningFigure.objects.visible_to(request.user).select_related("project__station__area")
    figure = scoped_or_404(rows, request.user, Permission.VIEW_PROJECT, pk=pk)
    response = handed_out(figure.document, f"{figure.project.number}-{figure.year}")
    place = figure.project.station.area.path
    audit.record(verb="download-document", by=request.user, target=figure, place=place)
    return response
