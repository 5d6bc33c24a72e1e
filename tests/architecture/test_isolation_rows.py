"""What a raw connection of the runtime role meets in tables that hold two tenants' rows."""

import os
from contextlib import closing

import psycopg2
import pytest
from psycopg2 import errors, sql

from tenancy.context import tenant_context
from tests.architecture.catalogue import TABLES, references
from tests.conftest import truncate_all
from tests.factories import TenantFactory
from tests.rows import TENANT_MODELS, fill, planted

NO_TENANT = "ZD001"
MISSING = 2**40
APPEND_ONLY = {"tenancy_auditevent", "filings_recordevent"}


@pytest.fixture(scope="module")
def tenants(django_db_setup, django_db_blocker):
    """Two tenants with a committed row in every table."""
    with django_db_blocker.unblock():
        both = [TenantFactory(), TenantFactory()]
        for tenant in both:
            with tenant_context(tenant.pk):
                kit = fill(planted())
                assert {*TENANT_MODELS} <= {*kit}
        yield [tenant.pk for tenant in both]
        truncate_all()


@pytest.fixture(scope="module")
def keys(tenants, django_db_blocker):
    """(table, column, target table) of each reference inside a tenant."""
    with django_db_blocker.unblock():
        return [
            (table, columns[-1], target)
            for table, _, target, columns, _ in references()
            if columns[0] == "tenant_id" and len(columns) == 2
        ]


@pytest.fixture
def run(tenants):
    """`run(statement, *values, tenant=…)` as the runtime role; always rolled back."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:

        def execute(statement, *values, tenant=None, **names):
            identifiers = {key: _identifiers(name) for key, name in names.items()}
            try:
                with connection.cursor() as cursor:
                    if tenant:
                        cursor.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant)])
                    cursor.execute(sql.SQL(statement).format(**identifiers), values)
                    return cursor.fetchall() if cursor.description else cursor.rowcount
            finally:
                connection.rollback()

        yield execute


def _identifiers(names):
    return sql.SQL(", ").join(map(sql.Identifier, [names] if isinstance(names, str) else names))


@pytest.mark.parametrize("table", TABLES)
def test_no_table_answers_without_a_tenant(run, tenants, table):
    # Asked for a row that is not there, PostgreSQL never comes to the policy.
    ((present,),) = run("SELECT min(id) FROM {table}", table=table, tenant=tenants[0])
    for statement in (
        "SELECT * FROM {table}",
        "SELECT count(*) FROM {table}",
        f"SELECT * FROM {{table}} WHERE id = {present}",
        "SELECT * FROM {table} ORDER BY id DESC LIMIT 1",
    ):
        with pytest.raises(psycopg2.Error) as refusal:
            run(statement, table=table)
        assert refusal.value.pgcode == NO_TENANT


@pytest.mark.parametrize("table", TABLES)
def test_a_finished_transaction_leaves_no_tenant_behind(run, tenants, table):
    run("SELECT count(*) FROM {table}", tenant=tenants[0], table=table)

    with pytest.raises(psycopg2.Error) as refusal:
        run("SELECT count(*) FROM {table}", table=table)
    assert refusal.value.pgcode == NO_TENANT


@pytest.mark.parametrize("table", TABLES)
def test_a_tenant_meets_its_own_rows_only(run, tenants, table):
    for tenant in tenants:
        found = run("SELECT DISTINCT tenant_id FROM {table}", tenant=tenant, table=table)

        assert found == [(tenant,)]


@pytest.mark.parametrize("table", [table for table in TABLES if table not in APPEND_ONLY])
def test_another_tenants_rows_cannot_be_changed_or_deleted(run, tenants, table):
    own, other = tenants

    assert (
        run("UPDATE {table} SET id = id WHERE tenant_id = %s", other, tenant=own, table=table) == 0
    )
    assert run("DELETE FROM {table} WHERE tenant_id = %s", other, tenant=own, table=table) == 0


@pytest.mark.parametrize("table", [table for table in TABLES if table not in APPEND_ONLY])
def test_a_row_is_not_given_to_another_tenant(run, tenants, table):
    own, other = tenants

    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        run("UPDATE {table} SET tenant_id = %s", other, tenant=own, table=table)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_put_into_another_tenant(run, tenants, table):
    own, other = tenants
    columns = run(
        "SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'tenant_id')",
        table,
    )[0][0]

    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        run(
            "INSERT INTO {table} (tenant_id, {columns}) SELECT %s, {columns} FROM {table}",
            other,
            tenant=own,
            table=table,
            columns=columns,
        )


def test_another_tenants_id_and_a_missing_one_fail_alike(run, tenants, keys):
    own, other = tenants
    changeable = [key for key in keys if key[0] not in APPEND_ONLY]

    assert changeable
    for table, column, target in changeable:
        theirs = run(
            "SELECT max(id) FROM {target} WHERE tenant_id = %s", other, tenant=other, target=target
        )
        refusals = [_refusal(run, own, table, column, wrong) for wrong in (theirs[0][0], MISSING)]
        assert refusals[0] == refusals[1], f"{table}.{column}"


# One, so that no rule about several rows speaks before the key.
ONE_ROW = "UPDATE {table} SET {column} = %s WHERE id = (SELECT max(id) FROM {table})"


def _refusal(run, tenant, table, column, wrong):
    """Everything the error says but the DETAIL, which repeats the id and is never shown."""
    # A check of other columns may speak first; it too must not tell which id exists.
    with pytest.raises((errors.ForeignKeyViolation, errors.CheckViolation)) as refusal:
        run(ONE_ROW, wrong, tenant=tenant, table=table, column=column)
    told = refusal.value.diag
    return told.sqlstate, told.message_primary, told.message_hint, told.constraint_name


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tenancy_auditevent SET verb = 'nothing'",
        "DELETE FROM tenancy_auditevent",
        "TRUNCATE tenancy_auditevent",
        "ALTER TABLE tenancy_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER append_only ON tenancy_auditevent",
    ],
)
def test_the_runtime_role_cannot_touch_the_audit_chain(run, tenants, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        run(statement, tenant=tenants[0])


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE tenancy_area DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE tenancy_area NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY one_tenant ON tenancy_area",
        "CREATE OR REPLACE FUNCTION app.tenant() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "TRUNCATE tenancy_area CASCADE",
        "SET session_replication_role = replica",
    ],
)
def test_the_runtime_role_cannot_open_the_fence(run, tenants, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        run(statement, tenant=tenants[0])
