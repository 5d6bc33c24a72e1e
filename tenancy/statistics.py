"""The planner's statistics after many rows came in.

A table that was never analysed looks empty to the planner, and row-level security makes it look
emptier still: joins over thousands of fresh rows then take minutes instead of milliseconds.
Autovacuum would notice within a minute or two; whoever imports wants to look at once.
"""

from django.db import connection, transaction

MANY = 500


def refresh_after_commit(rows: int) -> None:
    """Have the statistics renewed once the transaction that wrote this many rows is committed."""
    if rows >= MANY and all(entry[1] is not _refresh for entry in connection.run_on_commit):
        transaction.on_commit(_refresh, robust=True)


def _refresh() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.analyze()")
