"""The monthly evaluation that beat asks for."""

from datetime import date

import pytest
import time_machine

from compliance.models import Run
from compliance.tasks import evaluate_month
from config.schedule import BEAT_SCHEDULE
from jobs import doorbell, execution
from jobs.models import Job
from tenancy.context import tenant_context
from tests.compliance.ledgers import fengyang
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _silence(monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda jobs: None)


def asked(day):
    """What beat's task asks for on a day."""
    with time_machine.travel(day, tick=False), suspended():
        evaluate_month()
    return list(Job.objects.order_by("pk").values_list("params", flat=True))


def test_the_month_before_is_judged_once(root):
    first = asked(date(2024, 3, 1))

    assert first == [{"on": "2024-02-29"}]
    assert asked(date(2024, 3, 1)) == asked(date(2024, 3, 31)) == first
    assert asked(date(2024, 4, 1))[1:] == [{"on": "2024-03-31"}]


def test_a_month_that_is_done_or_has_failed_is_not_asked_for_again(root):
    asked(date(2024, 3, 1))
    Job.objects.all().end(Job.Reason.REFUSED)

    assert len(asked(date(2024, 3, 2))) == 1


def test_beat_that_was_off_on_the_first_catches_up(root):
    assert asked(date(2024, 1, 17)) == [{"on": "2023-12-31"}]


def test_the_day_is_that_of_shanghai(root):
    assert asked("2024-02-29T16:30:00Z") == [{"on": "2024-02-29"}]


def test_every_tenant_has_its_own(root):
    with suspended():
        other = TenantFactory()
        with tenant_context(other.pk):
            AreaFactory(level="city", parent=None)
        TenantFactory()  # has no areas yet

    assert len(asked(date(2024, 3, 1))) == 1
    with suspended(), tenant_context(other.pk):
        assert Job.objects.get().requested_by.is_system


def test_the_system_user_may_have_it_done(root):
    fengyang(root)
    asked(date(2024, 3, 1))
    job = Job.objects.get()

    with time_machine.travel(date(2024, 3, 1), tick=False):
        area, by = execution._permitted(execution.registry.find(job.kind), job)

    assert (area, by.is_system) == (root, True)
    assert not Run.objects.exists()


def test_beat_knows_the_task():
    assert "compliance.evaluate_month" in {str(one["task"]) for one in BEAT_SCHEDULE.values()}
