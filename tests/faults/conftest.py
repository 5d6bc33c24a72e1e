from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.brokers import Broker, broker
from tests.jobs.desk import desk, empty_queues

__all__ = ["desk", "empty_queues"]


@pytest.fixture
def private_broker(tmp_path: Path, settings: Any) -> Iterator[Broker]:
    """A broker of the test's own, to which the test process publishes as well."""
    with broker(tmp_path) as own:
        settings.CELERY_BROKER_URL = own.url
        yield own
