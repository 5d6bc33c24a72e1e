"""The tenant in force: opened here, nowhere else, and always with a transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

_tenant_id: ContextVar[int | None] = ContextVar("tenant_id", default=None)


@dataclass(frozen=True)
class Origin:
    """Where the acts of a request come from."""

    request_id: str = ""
    address: str = ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


Write = Callable[[], None]

# Each is asked for what it has to write as the last statements before COMMIT; the audit chain
# registers itself here.
before_commit: list[Callable[[], Write | None]] = []


class NoTenant(Exception):
    """Tenant rows were asked for outside `tenant_context`."""


class AnotherTenantIsActive(Exception):
    """A tenant was opened inside another tenant's context."""


def current_tenant_id() -> int:
    """The tenant in force; raises `NoTenant` rather than guess."""
    tenant_id = _tenant_id.get()
    if tenant_id is None:
        raise NoTenant
    return tenant_id


@contextmanager
def tenant_context(tenant_id: int, *, read_only: bool = False) -> Iterator[None]:
    """Open a transaction in which exactly this tenant's rows exist.

    Nested use opens a savepoint of the same tenant; another tenant is refused. `read_only` lets
    nothing be written but what is noted for the end (the audit of reads).
    """
    active = _tenant_id.get()
    if active is None:
        with _outermost(tenant_id, read_only=read_only):
            yield
    elif active == tenant_id:
        with transaction.atomic():
            yield
    else:
        raise AnotherTenantIsActive


@contextmanager
def _outermost(tenant_id: int, *, read_only: bool) -> Iterator[None]:
    token = _tenant_id.set(tenant_id)
    surrounded = connection.in_atomic_block
    try:
        with transaction.atomic():
            former = _enter(tenant_id, read_only=read_only)
            yield
            if not transaction.get_rollback():
                _leave(former if surrounded else None, read_only=read_only)
    finally:
        _tenant_id.reset(token)


def _enter(tenant_id: int, *, read_only: bool) -> str:
    """Set the tenant, in one round trip; returns what was set before."""
    with connection.cursor() as cursor:
        cursor.execute(f"{READ_ONLY if read_only else ''}{SET_TENANT}", [str(tenant_id)])
        former: str | None = cursor.fetchone()[0]
    return former or ""


def _leave(former: str | None, *, read_only: bool) -> None:
    """Write what was noted; `former` is set again where a surrounding transaction goes on.

    There a released savepoint would keep the setting, and what follows read this tenant's rows.
    """
    writes = [write for noted in before_commit if (write := noted())]
    with connection.cursor() as cursor:
        if read_only and (writes or former is not None):
            cursor.execute("RELEASE SAVEPOINT reading")
        for write in writes:
            write()
        if former is not None:
            cursor.execute(SET_TENANT, [former])


# Released, the savepoint gives back the right to write; a plain read commits without.
READ_ONLY = "SAVEPOINT reading; SET LOCAL transaction_read_only = on; "
SET_TENANT = "SELECT current_setting('app.tenant', true), set_config('app.tenant', %s, true)"


@contextmanager
def origin(request_id: str, address: str) -> Iterator[None]:
    """Say for the time of a request where its acts come from."""
    token = _origin.set(Origin(request_id, address))
    try:
        yield
    finally:
        _origin.reset(token)


def origin_in_force() -> Origin:
    """Where acts come from now; empty on the command line."""
    return _origin.get()
