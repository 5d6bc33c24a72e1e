"""Roles, schema, extensions and default privileges of a database, without Django.

The launcher, `manage.py setup_database` and the tests all go through `prepare`. The admin may be a
superuser or the administrator of a managed service (CREATEROLE and CREATEDB).
"""

from contextlib import closing
from itertools import compress
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

BUILTIN_LOCALE_SINCE = 170000
SET_RIGHT_SINCE = 160000
OLDEST_SUPPORTED = 150000
EXTENSIONS = ("btree_gist", "pg_trgm")
REFUSED_ATTRIBUTES = {
    "rolsuper": "NOSUPERUSER",
    "rolbypassrls": "NOBYPASSRLS",
    "rolcreatedb": "NOCREATEDB",
    "rolcreaterole": "NOCREATEROLE",
    "rolreplication": "NOREPLICATION",
}


class ServerTooOld(Exception):
    """The server is older than PostgreSQL 15."""


class Login(NamedTuple):
    """A role that signs in; without a password an existing role keeps the one it has."""

    name: str
    password: str | None


def prepare(admin_dsn: str, *, database: str, owner: Login, runtime: Login) -> None:
    """Bring roles, database, schema and privileges to the state that the platform needs."""
    with closing(_connect(admin_dsn)) as admin:
        if admin.server_version < OLDEST_SUPPORTED:
            raise ServerTooOld(admin.server_version)
        for login in (owner, runtime):
            _ensure_role(admin, login)
        _act_for(admin, owner.name)
        _ensure_database(admin, database, owner.name)
    with closing(_connect(admin_dsn, dbname=database)) as admin:
        _arrange(admin, database, owner.name, runtime.name)


def missing_roles(admin_dsn: str, *names: str) -> set[str]:
    """The names among these that no role has yet."""
    with closing(_connect(admin_dsn)) as admin:
        found = _query(admin, "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(names)])
    return set(names) - {name for (name,) in found}


def url_for(admin_url: str, login: Login, database: str) -> str:
    """The address of the database for this role, at the host and with the options of the admin."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(login.name, safe='')}:{quote(login.password or '', safe='')}@{host}"
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{quote(database, safe='')}"))


def _connect(dsn: str, **overrides: str) -> Any:
    connection = psycopg2.connect(dsn, connect_timeout=10, **overrides)
    connection.autocommit = True
    return connection


def _query(connection: Any, query: str, values: list[object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _run(connection: Any, statement: str, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**identifiers))


def _ensure_role(admin: Any, login: Login) -> None:
    columns = ", ".join(REFUSED_ATTRIBUTES)
    found = _query(admin, f"SELECT {columns} FROM pg_roles WHERE rolname = %s", [login.name])
    if not found:
        _run(admin, "CREATE ROLE {role} LOGIN", role=login.name)
    elif refused := list(compress(REFUSED_ATTRIBUTES.values(), found[0])):
        _run(admin, f"ALTER ROLE {{role}} {' '.join(refused)}", role=login.name)
    if login.password is not None:
        _set_password(admin, login.name, login.password)


def _set_password(admin: Any, name: str, password: str) -> None:
    # Hashed here, so that the password itself never reaches a server log.
    hashed = encrypt_password(password, name, admin, "scram-sha-256")
    with admin.cursor() as cursor:
        cursor.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(hashed)
            )
        )


def _act_for(admin: Any, owner: str) -> None:
    """An admin who is no superuser gives objects to the owner only as its member."""
    right = "SET" if admin.server_version >= SET_RIGHT_SINCE else "MEMBER"
    if not _query(admin, "SELECT pg_has_role(current_user, %s, %s)", [owner, right])[0][0]:
        _run(admin, "GRANT {owner} TO CURRENT_USER", owner=owner)


def _ensure_database(admin: Any, database: str, owner: str) -> None:
    if _query(admin, "SELECT 1 FROM pg_database WHERE datname = %s", [database]):
        _run(admin, "ALTER DATABASE {database} OWNER TO {owner}", database=database, owner=owner)
        return
    # The same sort order and character classes on every server: trigrams of Chinese need UTF-8.
    locale = (
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
        if admin.server_version >= BUILTIN_LOCALE_SINCE
        else "LOCALE 'C.UTF-8'"
    )
    _run(
        admin,
        f"CREATE DATABASE {{database}} OWNER {{owner}} ENCODING 'UTF8' {locale} TEMPLATE template0",
        database=database,
        owner=owner,
    )


def _arrange(admin: Any, database: str, owner: str, runtime: str) -> None:
    for extension in EXTENSIONS:
        _run(admin, "CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public", name=extension)
    for statement in ARRANGEMENT:
        _run(admin, statement, database=database, owner=owner, runtime=runtime)


ARRANGEMENT = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {runtime}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {runtime}",
    "GRANT USAGE ON SCHEMA public TO {runtime}",
    "CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION {owner}",
    "REVOKE ALL ON SCHEMA app FROM PUBLIC, {runtime}",
    "GRANT USAGE ON SCHEMA app TO {runtime}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " REVOKE ALL ON TABLES FROM {runtime}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT USAGE, SELECT ON SEQUENCES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA app"
    " GRANT EXECUTE ON FUNCTIONS TO {runtime}",
)
