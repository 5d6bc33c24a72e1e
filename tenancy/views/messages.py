"""消息: the inbox of whoever is signed in."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tenancy import messages
from tenancy.actions import messages as actions
from tenancy.http import UserRequest
from tenancy.models import Message

ROWS = 50


@require_safe
def message_list(request: UserRequest) -> HttpResponse:
    """The own messages, the newest first."""
    rows = Message.objects.visible_to(request.user).order_by("-created_at", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    lines = [(message, messages.sentence(message)) for message in page]
    context = {"page": page, "lines": lines, "unread": rows.unread().exists()}
    return render(request, "tenancy/message_list.html", context)


@require_POST
def message_open(request: UserRequest, pk: int) -> HttpResponse:
    """Mark a message read and go where it points."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.mark_read(by=request.user, pk=message.pk)
    return redirect(message.url or "tenancy:message-list")


@require_POST
def message_read_all(request: UserRequest) -> HttpResponse:
    """Mark all messages read."""
    actions.mark_read(by=request.user)
    return redirect("tenancy:message-list")
