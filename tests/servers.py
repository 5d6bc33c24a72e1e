"""Databases of a test run: one migrated template, one clone a worker."""

import atexit
import os
from contextlib import ExitStack, closing
from pathlib import Path
from subprocess import run
from sys import executable

import psycopg2
from psycopg2 import sql

from tenancy.database_setup import Login, url_for
from tenancy.database_setup import prepare as prepare_database

OWNER = Login("zhandian_test_owner", "owner")
RUNTIME = Login("zhandian_test", "runtime")
KEYS = {
    "SECRET_KEY": "a key for tests only, long enough to pass the deployment check",
    "AUDIT_KEY": "0a" * 32,
    "IDENTITY_KEY": "0b" * 32,
}


def prepare(run_id: str, worker: str) -> None:
    """Point the environment at this worker's own database, cloned from the run's template."""
    for name, value in KEYS.items():
        os.environ[name] = value
    if "ZHANDIAN_TEST_JOINED" in os.environ:  # a worker process of a test: the test's own addresses
        return
    first = "ZHANDIAN_TEST_ADMIN" not in os.environ
    if first:
        _start_servers()
    admin = os.environ["ZHANDIAN_TEST_ADMIN"]
    os.environ["REDIS_URL"] = os.environ["ZHANDIAN_TEST_REDIS"]
    template = f"zhandian_test_{run_id}"
    if first:
        _make_template(admin, template)
    _point_at(admin, f"{template}_{worker}")
    _clone(admin, template, f"{template}_{worker}")


def _start_servers() -> None:
    admin, broker = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
    if not (admin and broker):
        from config import embedded

        stack = ExitStack()
        own = stack.enter_context(embedded.servers(embedded.VAR / "test", durable=False))
        atexit.register(stack.close)
        admin, broker = admin or own.admin_url, broker or own.redis_url
    os.environ["ZHANDIAN_TEST_ADMIN"], os.environ["ZHANDIAN_TEST_REDIS"] = admin, broker


def _make_template(admin: str, template: str) -> None:
    prepare_database(admin, database=template, owner=OWNER, runtime=RUNTIME)
    atexit.register(_drop, admin, template)
    _point_at(admin, template)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    run(
        [executable, "-m", "django", "migrate", "--verbosity=0"],
        check=True,
        env=environment,
        cwd=Path(__file__).parent.parent,
    )


def _point_at(admin: str, database: str) -> None:
    os.environ["DATABASE_URL"] = url_for(admin, RUNTIME, database)
    os.environ["MIGRATION_DATABASE_URL"] = url_for(admin, OWNER, database)


def _clone(admin: str, template: str, database: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
        sql.Identifier(database), sql.Identifier(template), sql.Identifier(OWNER.name)
    )
    _as_admin(admin, statement)
    atexit.register(_drop, admin, database)


def _drop(admin: str, database: str) -> None:
    _as_admin(
        admin,
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)),
    )


def _as_admin(admin: str, statement: sql.Composable) -> None:
    with closing(psycopg2.connect(admin)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
