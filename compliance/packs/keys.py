"""Which keys a pack has, and of what kind their values are."""

from collections.abc import Iterator, Mapping
from typing import Any

from tenancy.toml.keys import (
    ANYTHING,
    DAY,
    FLAG,
    TABLE,
    TABLES,
    TEXT,
    TEXTS,
    Fault,
    Key,
    Kind,
    faults_of_table,
    tables,
)

OVERRIDE = Kind(
    lambda value: isinstance(value, str | dict),
    "文字，或按级别写的表",
    '"none"，或 { city = "any", district = "up" }',
)

PACK = {
    "id": Key(TEXT),
    "version": Key(TEXT),
    "title": Key(TEXT),
    "issuer": Key(TEXT, may_be_empty=True),
    "document": Key(TEXT, may_be_empty=True),
    "jurisdiction": Key(TEXT),
    "source": Key(TEXT),
    "in_force_from": Key(DAY, required=False),
    "in_force_to": Key(DAY, required=False),
    "includes": Key(TEXTS, required=False, may_be_empty=True),
    "clauses": Key(TABLES),
    "bindings": Key(TABLES, required=False, may_be_empty=True),
}
CLAUSE = {
    "id": Key(TEXT),
    "article": Key(TEXT, may_be_empty=True),
    "summary": Key(TEXT),
    "source": Key(TEXT),
    "inferred": Key(FLAG),
}
BINDING = {
    "rule": Key(TEXT),
    "clause": Key(TEXT),
    "severity": Key(TEXT, required=False),
    "parameters": Key(TABLE, required=False, may_be_empty=True),
}
SETTING = {"value": Key(ANYTHING), "override": Key(OVERRIDE)}
OVERRIDE_BY_LEVEL = {"city": Key(TEXT, required=False), "district": Key(TEXT, required=False)}
STANDARD = {"from": Key(DAY), "yuan": Key(TEXT)}


def faults_of_shape(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is missing, unknown or of a wrong kind, in the whole file."""
    yield from faults_of_table(data, PACK, ())
    for name, keys in (("clauses", CLAUSE), ("bindings", BINDING)):
        for index, table in tables(data, name):
            yield from faults_of_table(table, keys, (name, index))
