"""FORCE ROW LEVEL SECURITY, switched as a whole: off while the owner migrates, on otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections

from tenancy.isolation import TenancyClass


def tenant_tables() -> list[str]:
    """Tables of all TENANT models."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "tenancy", None) is TenancyClass.TENANT
    )


@contextmanager
def unforced(alias: str) -> Iterator[None]:
    """Let the owner see every tenant's rows; the runtime role stays bound throughout."""
    _switch(alias, "NO FORCE")
    try:
        yield
    finally:
        connections[alias].close()  # a failed migration leaves an aborted transaction behind
        _switch(alias, "FORCE")


def _switch(alias: str, word: str) -> None:
    with connections[alias].cursor() as cursor:
        existing = set(connections[alias].introspection.table_names(cursor))
        for table in tenant_tables():
            if table in existing:
                cursor.execute(f'ALTER TABLE "{table}" {word} ROW LEVEL SECURITY')
