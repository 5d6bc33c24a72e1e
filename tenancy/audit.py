"""The audit chain: who did what, in a chain that shows each later change.

Rows are noted while a request or job runs and appended as the last statements before COMMIT: the
per-tenant lock is held for a moment only. A note is kept among the transaction's on-commit
entries, because those vanish with the savepoint that is rolled back.
"""

import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from tenancy import context
from tenancy.locks import LOCK
from tenancy.models import AuditEvent, User

LOCK_CLASS = 7401
LAST = "SELECT seq, mac FROM tenancy_auditevent ORDER BY seq DESC LIMIT 1"
GENESIS = b"\0" * 32


@dataclass
class Note:
    """An act that waits for the commit; calling it (as on-commit entry) does nothing."""

    event: AuditEvent
    appended: bool = field(default=False)

    def __call__(self) -> None:
        """The row was written before the commit."""


def record(
    *,
    verb: str,
    by: User,
    target: models.Model | None = None,
    place: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Note an act. `detail` holds ids, field names and masked values, never raw personal data."""
    tenant_id = context.current_tenant_id()
    came_from = context.origin_in_force()
    event = AuditEvent(
        tenant_id=tenant_id,
        at=timezone.now(),
        actor_id=by.pk,
        verb=verb,
        target=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        place=place,
        detail=_plain(detail or {}),
        request_id=came_from.request_id,
        address=came_from.address,
        key_id=key_id(),
    )
    transaction.on_commit(Note(event))


def _plain(detail: dict[str, Any]) -> dict[str, Any]:
    """The detail as the database will give it back: texts, whole numbers, keys as texts.

    Numbers with a fraction become texts: jsonb may spell them another way than they came.
    """
    text = json.dumps(detail, default=str)
    plain: dict[str, Any] = json.loads(text, parse_float=str, parse_constant=str)
    return plain


def append_pending() -> None:
    """Append the noted acts to the chain of the tenant in force."""
    if write := noted():
        write()


def noted() -> context.Write | None:
    """What appends the acts that the chain does not hold yet; nothing where there are none."""
    notes = _pending()
    return partial(_append, notes) if notes else None


def _pending() -> list[Note]:
    tenant_id = context.current_tenant_id()
    entries = [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], Note)]
    return [note for note in entries if not note.appended and note.event.tenant_id == tenant_id]


def _append(notes: list[Note]) -> None:
    events = [note.event for note in notes]
    seq, former = _lock_head(events[0].tenant_id)
    for event in events:
        seq += 1
        event.seq, event.former = seq, former
        event.mac = former = chained(event, former)
    AuditEvent.objects.bulk_create(events)
    for note in notes:
        note.appended = True


def _lock_head(tenant_id: int) -> tuple[int, bytes]:
    """In one round trip: others wait for the lock meanwhile."""
    return _last(f"{LOCK} {LAST}", LOCK_CLASS, tenant_id)


def head() -> tuple[int, bytes]:
    """Sequence and code of the last act of the tenant in force."""
    return _last(LAST)


def _last(sql: str, *params: int) -> tuple[int, bytes]:
    context.current_tenant_id()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        last = cursor.fetchone()
    return (last[0], bytes(last[1])) if last else (0, GENESIS)


def key_id() -> str:
    """Which key signed a row; derived from it, so that a changed key is seen."""
    return sha256(settings.AUDIT_KEY).hexdigest()[:8]


def chained(event: AuditEvent, former: bytes) -> bytes:
    """HMAC over the row and its predecessor's code."""
    return hmac.digest(settings.AUDIT_KEY, canonical(event, former), "sha256")


def canonical(event: AuditEvent, former: bytes) -> bytes:
    """The row as bytes: each field with its length in front, instants in µs UTC."""
    parts = [
        former,
        *(
            str(part).encode()
            for part in (
                event.tenant_id,
                event.seq,
                _instant(event.at),
                event.actor_id,
                event.verb,
                event.target,
                event.target_id,
                event.place,
                json.dumps(event.detail, sort_keys=True, ensure_ascii=False),
                event.request_id,
                event.address,
                event.key_id,
            )
        ),
    ]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


context.before_commit.append(noted)
