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

# Run as the last statements before COMMIT; the audit chain registers itself here.
before_commit: list[Callable[[], None]] = []


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
def tenant_context(tenant_id: int) -> Iterator[None]:
    """Open a transaction in which exactly this tenant's rows exist.

    Nested use opens a savepoint of the same tenant; another tenant is refused.
    """
    active = _tenant_id.get()
    if active is None:
        with _outermost(tenant_id):
            yield
    elif active == tenant_id:
        with transaction.atomic():
            yield
    else:
        raise AnotherTenantIsActive


@contextmanager
def _outermost(tenant_id: int) -> Iterator[None]:
    token = _tenant_id.set(tenant_id)
    try:
        with transaction.atomic():
            former = _set_local(str(tenant_id))
            yield
            if not transaction.get_rollback():
                for last in before_commit:
                    last()
                # A released savepoint keeps the setting: what follows in a surrounding
                # transaction must not read this tenant's rows.
                _set_local(former)
    finally:
        _tenant_id.reset(token)


def _set_local(value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('app.tenant', true), set_config('app.tenant', %s, true)",
            [value],
        )
        former: str | None = cursor.fetchone()[0]
    return former or ""


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
