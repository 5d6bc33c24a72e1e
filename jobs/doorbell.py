"""The broker's part: to ring at the workers' door. A bell that does not sound is rung again later.

Rows tell what is to be done, so ringing may fail, be lost, or happen twice.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.connection import Connection
from kombu.exceptions import ChannelError, OperationalError
from redis.exceptions import RedisError

from jobs import registry
from tenancy.context import current_tenant_id

logger = logging.getLogger(__name__)
# A request waits for these at most, however dead the broker is.
BRIEFLY = {"socket_timeout": 0.7, "socket_connect_timeout": 0.7, "max_retries": 0}
GRACE = 30  # seconds between being told that the time is over and being killed


def ring_after_commit(job_id: int, kind: str) -> None:
    """Ring once the job's row is there for the workers to see."""
    tenant_id = current_tenant_id()
    transaction.on_commit(lambda: ring([(tenant_id, job_id, kind)]), robust=True)


def ring(jobs: list[tuple[int, int, str]]) -> None:
    """Publish (tenant, job, kind) as messages; without a broker nothing happens."""
    try:
        with _broker() as connection:
            for tenant_id, job_id, kind in jobs:
                _send(connection, tenant_id, job_id, kind)
    except (OperationalError, RedisError, OSError):
        logger.warning("the broker does not answer; %d jobs wait for the sweeper", len(jobs))


def waiting(queue: str) -> int:
    """How many messages wait in a queue."""
    with _broker() as connection:
        try:
            channel: Any = connection.default_channel
            declared = channel.queue_declare(queue, passive=True)
        except ChannelError:  # an empty queue does not exist
            return 0
        return int(declared.message_count)


@contextmanager
def _broker() -> Iterator[Connection]:
    with current_app.connection_for_write(
        settings.CELERY_BROKER_URL, transport_options=BRIEFLY
    ) as connection:
        yield connection


def _send(connection: Connection, tenant_id: int, job_id: int, kind: str) -> None:
    known = registry.find(kind)
    limit = known.time_limit if known else registry.TIME_LIMIT
    options: dict[str, Any] = {"soft_time_limit": limit, "time_limit": limit + GRACE}
    current_app.send_task(
        "jobs.run",
        (tenant_id, job_id),
        queue=registry.queue_of(kind),
        connection=connection,
        retry=False,
        **options,
    )
