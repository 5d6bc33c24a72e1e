"""The one migration helper that isolates a table: policy, keys, indexes, privileges.

`migrate` itself (see the command) keeps FORCE off while it runs, so that foreign keys are validated
and data migrations see every tenant. The runtime role is bound by the policies at all times,
because it owns nothing.
"""

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory

POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS one_tenant ON {table};
CREATE POLICY one_tenant ON {table}
    USING (tenant_id = (SELECT app.tenant())) WITH CHECK (tenant_id = (SELECT app.tenant()));
"""

KEY = "CREATE UNIQUE INDEX IF NOT EXISTS {table}_tenant_key ON {table} (tenant_id, id)"

REFERENCE = """
ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name};
ALTER TABLE {table} ADD CONSTRAINT {name}
    FOREIGN KEY (tenant_id, {column}) REFERENCES {target} (tenant_id, id);
CREATE INDEX IF NOT EXISTS {name}_ix ON {table} (tenant_id, {column});
"""

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'ZD002';
END $$;
DROP TRIGGER IF EXISTS append_only ON {table};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    EXECUTE FUNCTION app.refuse_change();
DO $$
DECLARE role text;
BEGIN
    FOR role IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                WHERE table_name = '{table}' AND grantee <> current_user
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM %I', role);
    END LOOP;
END $$;
"""


def references(model: Any) -> list[tuple[str, str]]:
    """(column, target table) of each reference inside the tenant."""
    return [
        (field.column, field.remote_field.model._meta.db_table)
        for field in model._meta.local_fields
        if field.many_to_one and not field.db_constraint
    ]


def constraint_name(table: str, column: str) -> str:
    return f"{table}_{column}_in_tenant"[:59]


class Isolate(Operation):
    """Bind a TENANT model's table to its tenant. Repeat it after adding a `TenantForeignKey`."""

    category = OperationCategory.SQL
    reversible = True

    def __init__(self, model_name: str, *, append_only: bool = False) -> None:
        self.model_name = model_name
        self.append_only = append_only

    def deconstruct(self) -> Any:
        options = {"append_only": True} if self.append_only else {}
        return type(self).__name__, [self.model_name], options

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models' state does not know about policies."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in self._statements(model):
            schema_editor.execute(statement, params=None)

    def _statements(self, model: Any) -> list[str]:
        table = model._meta.db_table
        refer = [
            REFERENCE.format(
                table=table, column=column, target=target, name=constraint_name(table, column)
            )
            for column, target in references(model)
        ]
        append_only = [APPEND_ONLY.format(table=table)] if self.append_only else []
        return [
            KEY.format(table=table), *refer, *append_only, POLICY.format(table=table)
        ]  # fmt: skip

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Nothing: the table goes with its model."""

    def describe(self) -> str:
        return f"Isolate {self.model_name} by tenant"
