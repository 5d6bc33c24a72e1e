"""Proof from PostgreSQL's own catalogues that each tenant's rows are fenced in."""

import pytest
from django.apps import apps

from tests.architecture.catalogue import (
    SHARED_WITH_A_TENANT,
    TABLES,
    indexes,
    references,
    rows,
    value,
)
from tests.architecture.test_classification import TENANT, by_label

pytestmark = [pytest.mark.django_db, pytest.mark.no_tenant]

# Takes nothing, tells nothing, finds nothing but its own tables: it lends ANALYZE.
MAY_DEFINE = [("analyze", 0, "void", ["search_path=pg_catalog"])]
POLICY = "(tenant_id = ( SELECT app.tenant() AS tenant))"


def test_the_tables_with_a_tenant_are_the_classified_ones():
    question = """SELECT table_name FROM information_schema.columns
                  WHERE table_schema = 'public' AND column_name = 'tenant_id'"""

    assert {name for (name,) in rows(question)} == {*TABLES} | SHARED_WITH_A_TENANT


def test_only_what_comes_before_the_tenant_is_shared():
    assert {"tenancy_user", "tenancy_publickey"} >= SHARED_WITH_A_TENANT


@pytest.mark.parametrize("table", TABLES)
def test_the_tenant_of_a_row_is_given_and_filled_in_by_the_database(table):
    question = """SELECT is_nullable, column_default FROM information_schema.columns
                  WHERE table_name = %s AND column_name = 'tenant_id'"""

    assert rows(question, table) == [("NO", "app.tenant()")]


@pytest.mark.parametrize("table", TABLES)
def test_row_level_security_is_on_and_forced(table):
    question = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s"

    assert rows(question, table) == [(True, True)]


@pytest.mark.parametrize("table", TABLES)
def test_one_policy_binds_reading_and_writing_for_everybody(table):
    question = """SELECT permissive, roles::text, cmd, qual, with_check
                  FROM pg_policies WHERE tablename = %s"""

    assert rows(question, table) == [("PERMISSIVE", "{public}", "ALL", POLICY, POLICY)]


def test_unique_keys_include_the_tenant():
    unique = indexes("AND (indisunique OR indisexclusion)")

    assert unique
    assert [index for _, index, columns in unique if "tenant_id" not in columns] == []


def test_every_index_leads_with_the_tenant():
    late = [index for _, index, columns in indexes() if columns[0] != "tenant_id"]

    assert late == [], "without the tenant in front an empty answer comes without the policy"


def test_foreign_keys_between_tenants_tables_carry_the_tenant():
    fenced = {*TABLES, "tenancy_user"}
    loose = [
        name
        for _, name, target, columns, target_columns in references()
        if target in fenced and not columns[0] == target_columns[0] == "tenant_id"
    ]

    assert loose == []


@pytest.mark.parametrize("model", TENANT, ids=by_label)
def test_every_reference_is_kept_by_the_database(model):
    kept = {
        columns[-1] for table, _, _, columns, _ in references() if table == model._meta.db_table
    }
    declared = {field.column for field in model._meta.local_fields if field.is_relation}

    assert declared == kept, "repeat Isolate in the migration that adds the reference"


def test_the_runtime_role_cannot_step_over_the_fence():
    question = """SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
                  FROM pg_roles WHERE rolname = current_user"""

    assert rows(question) == [(False,) * 5]
    assert value("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole") == 0


def test_the_runtime_role_owns_nothing():
    owned = """SELECT relname FROM pg_class WHERE relowner = current_user::regrole
               UNION ALL SELECT proname FROM pg_proc WHERE proowner = current_user::regrole
               UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = current_user::regrole"""

    assert rows(owned) == []


def test_the_runtime_role_creates_and_truncates_nothing():
    creates = """SELECT nspname FROM pg_namespace
                 WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE')"""
    truncates = """SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
                   AND relnamespace = 'public'::regnamespace
                   AND has_table_privilege(oid, 'TRUNCATE, TRIGGER, REFERENCES')"""

    assert value("SELECT has_database_privilege(current_database(), 'CREATE')") is False
    assert rows(creates) == []
    assert rows(truncates) == []


def test_nothing_reads_tenants_rows_with_its_owners_rights():
    definers = """SELECT proname::text, pronargs, prorettype::regtype::text, proconfig
                  FROM pg_proc WHERE prosecdef
                  AND pronamespace IN ('public'::regnamespace, 'app'::regnamespace)"""
    views = """SELECT relname FROM pg_class
               WHERE relnamespace IN ('public'::regnamespace, 'app'::regnamespace)
               AND (relkind = 'm' OR relkind = 'v'
                    AND NOT coalesce('security_invoker=true' = ANY(reloptions), false))"""

    assert rows(definers) == MAY_DEFINE
    assert rows(views) == []


def test_audit_rows_can_only_be_added_and_read():
    table = apps.get_model("tenancy.AuditEvent")._meta.db_table
    question = f"SELECT has_table_privilege('{table}', %s)"

    assert {
        right: value(question, right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")
    } == {
        "SELECT": True,
        "INSERT": True,
        "UPDATE": False,
        "DELETE": False,
    }
