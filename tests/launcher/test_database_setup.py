from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command
from psycopg2.errors import InsufficientPrivilege

from config.embedded import Postgres, servers
from config.embedded.binaries import _postgres_of_the_machine, postgres_major, postgres_programs
from tenancy.database_setup import Login, prepare, url_for
from tests.launcher.conftest import clear

OWNER, RUNTIME = Login("clerk_owner", "one"), Login("clerk", "two/@:")


def oldest_programs():
    found = [folder for folder in _postgres_of_the_machine() if postgres_major(folder) >= 15]
    return found[-1] if found else None


@pytest.fixture(scope="module", params=["shipped", "of the machine"])
def admin_url(request, tmp_path_factory):
    programs = postgres_programs() if request.param == "shipped" else oldest_programs()
    if programs is None:
        pytest.skip("no other PostgreSQL ≥ 15 on this machine")
    directory = tmp_path_factory.mktemp("servers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.embedded.postgres.postgres_programs", lambda: programs)
        with servers(directory, durable=False, kinds=[Postgres]) as running:
            yield running.admin_url
        clear(directory)


@pytest.fixture
def prepared(admin_url):
    for _time in range(2):
        prepare(admin_url, database="ledger", owner=OWNER, runtime=RUNTIME)
    return admin_url


def run(url, *statements):
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        connection.commit()
        return cursor.fetchone() if cursor.description else None


def test_neither_role_can_bypass_row_level_security(prepared):
    attributes = run(
        prepared,
        "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole)"
        " FROM pg_roles WHERE rolname IN ('clerk', 'clerk_owner')",
    )

    assert attributes == (False,)


def test_an_extended_role_is_cut_back(prepared):
    run(prepared, "ALTER ROLE clerk SUPERUSER BYPASSRLS")

    prepare(prepared, database="ledger", owner=OWNER, runtime=RUNTIME)

    query = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'clerk'"
    assert run(prepared, query) == (False, False)


def test_the_runtime_role_works_on_rows_only(prepared):
    owner, runtime = (url_for(prepared, login, "ledger") for login in (OWNER, RUNTIME))
    run(owner, "DROP TABLE IF EXISTS page", "CREATE TABLE page (id serial, words text)")

    run(runtime, "INSERT INTO page (words) VALUES ('站')", "UPDATE page SET words = '点'")

    assert run(runtime, "SELECT words FROM page") == ("点",)
    for refused in ("TRUNCATE page", "CREATE TABLE other ()", "ALTER TABLE page ADD x int"):
        with pytest.raises(InsufficientPrivilege):
            run(runtime, refused)
    for refused in ("CREATE TABLE app.other ()", "CREATE TEMP TABLE other ()", "CREATE SCHEMA x"):
        with pytest.raises(InsufficientPrivilege):
            run(runtime, refused)


def test_the_runtime_role_calls_functions_of_schema_app(prepared):
    owner, runtime = (url_for(prepared, login, "ledger") for login in (OWNER, RUNTIME))
    run(owner, "CREATE OR REPLACE FUNCTION app.one() RETURNS int LANGUAGE sql AS 'SELECT 1'")

    assert run(runtime, "SELECT app.one()") == (1,)


def test_chinese_has_trigrams(prepared):
    count = run(url_for(prepared, RUNTIME, "ledger"), "SELECT array_length(show_trgm('社工站'), 1)")

    assert count == (4,)


def test_an_administrator_without_superuser_suffices(admin_url):
    run(admin_url, "CREATE ROLE cloud_admin LOGIN CREATEDB CREATEROLE PASSWORD 'three'")
    cloud = url_for(admin_url, Login("cloud_admin", "three"), "postgres")
    owner, runtime = Login("cloud_owner", "four"), Login("cloud_clerk", "five")

    for _time in range(2):
        prepare(cloud, database="cloud", owner=owner, runtime=runtime)

    assert run(url_for(admin_url, runtime, "cloud"), "SELECT 1") == (1,)


def test_the_command_prints_addresses_that_work(admin_url, capsys):
    call_command("setup_database", admin_url=admin_url, database="printed", owner="o", runtime="r")

    printed = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    assert run(printed["DATABASE_URL"], "SELECT current_user::text") == ("r",)
    assert run(printed["MIGRATION_DATABASE_URL"], "SELECT current_user::text") == ("o",)


def test_a_second_call_keeps_passwords(admin_url, capsys):
    options = {"database": "again", "owner": "again_owner", "runtime": "again_clerk"}
    call_command("setup_database", admin_url=admin_url, **options)
    first = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())

    call_command("setup_database", admin_url=admin_url, **options)

    assert "again_clerk:***@" in capsys.readouterr().out
    assert run(first["DATABASE_URL"], "SELECT 1") == (1,)
