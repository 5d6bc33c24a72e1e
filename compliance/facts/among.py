"""Rows whose key is among many: one array, one scan.

Tables are joined here rather than in SQL. Every row of a tenant's table carries the same tenant,
which PostgreSQL does not know before it has analysed the table: right after an import it would
join thousands of rows by nested loops and need seconds.
"""

from typing import Any

from django.db.models import BigAutoField, Lookup


@BigAutoField.register_lookup
class Among(Lookup):
    """`id__among=[…]`."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY (%s::bigint[])", (*params, [*self.rhs])
