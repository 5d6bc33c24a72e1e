"""A lock of the database that a transaction holds until it ends; its class and key follow.

It may stand before the statement that it guards: both then go in one round trip.
"""

LOCK = "SELECT pg_advisory_xact_lock(%s, %s);"
