"""A program's request acts once, however often it arrives under its key.

The key is held until the transaction ends, and its answer kept in that transaction: whoever comes
meanwhile is sent away, whoever comes later gets the same answer, and a refused request leaves the
key free.
"""

from hashlib import sha256

from django.db import connection

from tenancy.context import current_tenant_id
from tenancy.models import Answer, User

LOCK_CLASS = 7405


class InUse(Exception):
    """A request with the same key has not ended yet."""


class AnotherContent(Exception):
    """The key came before with another request."""


def claim(*, path: str, key: str, content: str, by: User) -> Answer:
    """Take the key: the answer it has led to, or a new one without a primary key.

    Raises `InUse`, `AnotherContent`.
    """
    if not _hold(f"{current_tenant_id()} {by.pk} {path} {key}"):
        raise InUse
    kept: Answer | None = Answer.objects.filter(user=by, path=path, key=key).first()
    if kept is not None and kept.content != content:
        raise AnotherContent
    return kept or Answer(user=by, path=path, key=key, content=content)


def _hold(name: str) -> bool:
    """Until the transaction ends; False where another one holds it."""
    number = int.from_bytes(sha256(name.encode()).digest()[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_CLASS, number])
        held: bool = cursor.fetchone()[0]
    return held


def forget_old() -> None:
    """Drop the answers that no program will ask for again."""
    Answer.objects.all().expired().delete()
