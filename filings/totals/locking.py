"""Whoever changes the totals of a month waits for who is at it: rows of many places change."""

from datetime import date

from django.db import connection

from tenancy.context import current_tenant_id
from tenancy.locks import LOCK

LOCK_CLASS = 7406


def lock_month(month: date) -> None:
    """Until the transaction ends; take it late."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, key_of(month))


def key_of(month: date) -> tuple[int, int]:
    """What `LOCK` is taken on, for the tenant in force."""
    key = current_tenant_id() * 100_000 + month.year * 12 + month.month
    return LOCK_CLASS, key % 2**31
