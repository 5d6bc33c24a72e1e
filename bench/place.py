"""Servers and data of a measurement: durable embedded servers, a database of its own."""

import atexit
import os
from contextlib import ExitStack
from pathlib import Path

from config import embedded

LOGS = embedded.VAR / "bench" / "log"
AREAS = Path(__file__).parent.parent / "config" / "demo" / "areas"


def prepare() -> None:
    """Django on a fresh, migrated database; the servers sync to disk as in operation."""
    held = ExitStack()
    own = held.enter_context(embedded.servers(embedded.VAR / "bench"))
    atexit.register(held.close)  # registered first, so that it runs after the database is dropped
    os.environ["TEST_DATABASE_URL"], os.environ["TEST_REDIS_URL"] = own.admin_url, own.redis_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()


def environment_of(port: int, module: str) -> dict[str, str]:
    """What a web server of the measurement is started with."""
    own = {"BIND": f"127.0.0.1:{port}"} | ({"DJANGO_SETTINGS_MODULE": module} if module else {})
    return {**os.environ, **own}


def analyze() -> None:
    """Statistics as autovacuum would have them by the time people look."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
