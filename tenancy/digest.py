"""The morning's e-mail: what waits for somebody and how much is unread, once a day.

It holds what the pages show of it and an address, never a person's data.
"""

import logging
from datetime import date, datetime, time
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tenancy.context import tenant_context
from tenancy.formats import ddate
from tenancy.models import Message, Tenant, User
from tenancy.todos import Todo, waiting_for

logger = logging.getLogger(__name__)
FROM = time(8, 30)
MOST = 20


def send_due(now: datetime) -> int:
    """Send each person's digest of the day; how many went out. Before 08:30 nobody's is due."""
    local = timezone.localtime(now)
    if not settings.EMAIL_URL or local.time() < FROM:
        return 0
    return sum(
        _send_to_all(tenant, local.date()) for tenant in Tenant.objects.filter(ended_at=None)
    )


def _send_to_all(tenant: Tenant, today: date) -> int:
    with tenant_context(tenant.pk):
        waiting = User.objects.filter(tenant=tenant, ended_at=None, is_system=False)
        people = waiting.exclude(email="").exclude(digest_on=today).order_by("pk")
        keys = list(people.values_list("pk", flat=True))
    return sum(_send_to(tenant, pk, today) for pk in keys)


def _send_to(tenant: Tenant, pk: int, today: date) -> bool:
    """One person's, in a transaction: a mail that could not be handed over is tried again."""
    try:
        with tenant_context(tenant.pk), transaction.atomic():
            taken = User.objects.filter(pk=pk).exclude(digest_on=today).update(digest_on=today)
            return bool(taken) and _write(User.objects.get(pk=pk), today)
    except (SMTPException, OSError) as error:
        logger.warning("the digest of user %s was not sent: %s", pk, error)
        return False


def _write(user: User, today: date) -> bool:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        todos = waiting_for(user, today)
        unread = Message.objects.visible_to(user).unread().count()
        if not todos and not unread:
            return False
        subject = _("站点：%(todos)s 件待办，%(unread)s 条未读消息") % {
            "todos": len(todos),
            "unread": unread,
        }
        send_mail(subject, _body(todos, today), None, [user.email])
    return True


def _body(todos: list[Todo], today: date) -> str:
    lines = [_line(todo, today) for todo in todos[:MOST]]
    if len(todos) > MOST:
        lines.append(_("另有 %(more)s 件，请登录查看。") % {"more": len(todos) - MOST})
    if settings.PUBLIC_URL:
        lines += ["", settings.PUBLIC_URL]
    return "\n".join([*lines, "", _("不想再收？在“我的账号”里清空电子邮箱。")])


def _line(todo: Todo, today: date) -> str:
    if todo.due is None:
        return f"· {todo.text}"
    words = _("已过期") if todo.is_late(today) else _("截止")
    return f"· {todo.text}（{words} {ddate(todo.due)}）"
