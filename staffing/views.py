"""Two acts beside the ledgers: looking at an identity number, verifying a certificate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffing import actions
from staffing.forms import RevealForm, VerificationForm
from staffing.models import Certificate, Worker
from tenancy.http import UserRequest
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404
from tenancy.versions import Stale

REFUSED, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def reveal_identity(request: UserRequest, pk: int) -> HttpResponse:
    """First the reason, then the number: once, on this page only."""
    worker = scoped_or_404(Worker, request.user, Permission.REVEAL_IDENTITY, pk=pk)
    form = RevealForm(request.POST or None)
    context = {"form": form, "worker": worker, "identity": ""}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        number = actions.reveal_identity(worker=worker, reason=reason, by=request.user)
        context["identity"] = number
    response = render(
        request, "staffing/identity.html", context, status=REFUSED if form.errors else 200
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: UserRequest, pk: int) -> HttpResponse:
    """The street office says whether the register knows the certificate."""
    rows = Certificate.objects.visible_to(request.user).select_related("worker")
    rows = rows.defer("worker__identity")
    certificate = scoped_or_404(rows, request.user, Permission.VERIFY_CERTIFICATE, pk=pk)
    form = VerificationForm(request.POST or None, initial={"version": certificate.version})
    if not form.is_valid():
        return _page(request, certificate, form, REFUSED if form.errors else 200)
    try:
        actions.verify_certificate(
            certificate=certificate,
            verification=Certificate.Verification(form.cleaned_data["verification"]),
            seen=form.cleaned_data["version"],
            by=request.user,
        )
    except Stale:
        return _conflict(request, certificate, form)
    messages.success(request, _("核验结论已写入。"))
    return redirect("ledgers:row-detail", "certificates", pk)


def _conflict(
    request: UserRequest, certificate: Certificate, form: VerificationForm
) -> HttpResponse:
    certificate.refresh_from_db()
    form.add_error(None, _("这张证书刚被他人改过，结论还没有写入。请核对现在的内容后再保存。"))
    form.take_up(certificate.version)
    return _page(request, certificate, form, CONFLICT)


def _page(
    request: UserRequest, certificate: Certificate, form: VerificationForm, status: int
) -> HttpResponse:
    context = {"form": form, "certificate": certificate}
    return render(request, "staffing/certificate_verify.html", context, status=status)
