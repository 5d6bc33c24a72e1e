"""Servers and data of a measurement: durable embedded servers, a database of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import embedded

AREAS = Path(__file__).parent.parent / "config" / "demo" / "areas"


@contextmanager
def prepared() -> Iterator[None]:
    """Django on a fresh, migrated database; the servers sync to disk as in operation."""
    with embedded.servers(embedded.VAR / "bench") as own:
        os.environ.setdefault("TEST_DATABASE_URL", own.admin_url)
        os.environ.setdefault("TEST_REDIS_URL", own.redis_url)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        yield
        from django.db import connections

        connections.close_all()


def analyze() -> None:
    """Statistics as autovacuum would have them by the time people look."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
