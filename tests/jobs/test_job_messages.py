"""What goes over the broker, and how it is set."""

import pytest
from celery import current_app
from django.conf import settings

from jobs import doorbell, registry
from tests.jobs import kinds

TENANT, JOB = 7, 42


@pytest.fixture
def message(empty_queues):
    """The message of a ring at a queue nobody listens to."""
    doorbell.ring([(TENANT, JOB, "endless")])
    with current_app.connection_for_read() as connection:
        received = connection.SimpleQueue("default").get(timeout=5)
        received.ack()
    return received


def test_a_message_carries_two_ids_and_the_time_limits(message):
    arguments, keywords, _ = message.payload
    assert (arguments, keywords) == ([TENANT, JOB], {})
    assert message.headers["timelimit"] == [1 + doorbell.GRACE, 1]
    assert doorbell.waiting("default") == 0


def test_a_job_ends_long_before_its_message_is_delivered_again():
    redelivered_after = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    limits = [kind.time_limit for kind in registry._kinds.values()]

    assert max(limits) + doorbell.GRACE < redelivered_after / 2


def test_a_kind_belongs_to_one_function():
    again = registry.job("quick", verb=kinds.VERB, title="速")

    assert again(kinds.quick) is kinds.quick
    with pytest.raises(ValueError, match="quick"):
        again(kinds.slow)
