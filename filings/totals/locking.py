"""Whoever changes the totals of a month waits for who is at it: rows of many places change."""

from datetime import date

from django.db import connection

from tenancy.context import current_tenant_id

LOCK_CLASS = 7406


def lock_month(month: date) -> None:
    """Until the transaction ends; take it late."""
    key = current_tenant_id() * 100_000 + month.year * 12 + month.month
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, key % 2**31])
