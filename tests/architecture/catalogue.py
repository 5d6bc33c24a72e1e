"""Questions to PostgreSQL's catalogues: what stands in the database, whatever the models say."""

from django.apps import apps
from django.db import connection

from tenancy.forced import tenant_tables
from tenancy.isolation import TenancyClass

TABLES = tenant_tables()

# Read before the tenant is known; each reader filters by itself.
SHARED_WITH_A_TENANT = {
    model._meta.db_table
    for model in apps.get_models()
    if getattr(model, "tenancy", None) is TenancyClass.SHARED
    and any(field.column == "tenant_id" for field in model._meta.local_fields)
}


def rows(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def value(question, *values):
    return rows(question, *values)[0][0]


INDEXES = """
SELECT relation.relname, keys.relname, array_agg(attribute.attname::text ORDER BY part.place)
FROM pg_index
JOIN pg_class relation ON relation.oid = indrelid
JOIN pg_class keys ON keys.oid = indexrelid
CROSS JOIN LATERAL unnest(indkey::int[]) WITH ORDINALITY AS part(number, place)
LEFT JOIN pg_attribute attribute ON attrelid = indrelid AND attnum = part.number
WHERE relation.relname = ANY(%s) AND NOT indisprimary {only}
GROUP BY 1, 2 ORDER BY 1, 2
"""


def indexes(only=""):
    """(table, index, its columns); primary keys left out. An expression shows as None."""
    return rows(INDEXES.format(only=only), TABLES)


REFERENCES = """
SELECT relation.relname, conname, target.relname,
    (SELECT array_agg(attname::text ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k(n, place)
     JOIN pg_attribute ON attrelid = conrelid AND attnum = n),
    (SELECT array_agg(attname::text ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS k(n, place)
     JOIN pg_attribute ON attrelid = confrelid AND attnum = n)
FROM pg_constraint
JOIN pg_class relation ON relation.oid = conrelid
JOIN pg_class target ON target.oid = confrelid
WHERE contype = 'f' AND convalidated AND relation.relname = ANY(%s)
ORDER BY 1, 2
"""


def references():
    """(table, constraint, target table, columns, target's columns) of validated foreign keys."""
    return rows(REFERENCES, TABLES)
