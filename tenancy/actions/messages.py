"""Messages: sent by what happened, read by their recipient."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from tenancy.models import Message, User


@transaction.atomic
def send(*, message: Message, to: Iterable[User], by: User) -> None:
    """Tell people something, once by its key; who did it, and the system, need not be told."""
    copies = [_copy(message, person) for person in to if _is_told(person, by)]
    Message.objects.bulk_create(copies, ignore_conflicts=True)


def _copy(message: Message, person: User) -> Message:
    return Message(
        recipient=person,
        key=message.key,
        kind=message.kind,
        params=message.params,
        url=message.url,
    )


def _is_told(person: User, by: User) -> bool:
    return person.is_active and not person.is_system and person != by


@transaction.atomic
def mark_read(*, by: User, pk: int | None = None) -> None:
    """One's own messages, or one of them."""
    rows = Message.objects.visible_to(by).unread()
    rows = rows if pk is None else rows.filter(pk=pk)
    rows.update(read_at=timezone.now())
