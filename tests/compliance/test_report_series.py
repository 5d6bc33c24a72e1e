"""Reports that beat orders where a tenant asks for them."""

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from compliance.tasks import order_reports, request_report
from config.schedule import BEAT_SCHEDULE
from jobs import doorbell
from jobs.models import Job
from tenancy.audit import append_pending
from tenancy.context import tenant_context
from tenancy.models import AuditEvent, Tenant
from tenancy.periods import parse_period
from tests.compliance.ledgers import fengyang
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _silence(monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda jobs: None)


def asks(tenant, *words):
    out = StringIO()
    with suspended():
        call_command("ask_for_reports", f"--tenant={tenant.slug}", *words, stdout=out)
    return out.getvalue()


def ordered(day):
    """(area, period) of all that beat's task has asked for up to a day."""
    with time_machine.travel(day, tick=False), suspended():
        order_reports()
    rows = Job.objects.filter(kind="compliance-report").order_by("pk")
    return list(rows.values_list("area__name", "params__period"))


def test_nothing_is_made_where_nobody_asks(root):
    assert ordered(date(2026, 1, 1)) == []


def test_the_month_that_is_over_is_ordered_once_for_the_whole_and_its_districts(root, tenant):
    fengyang(root)
    asks(tenant, "--monthly")

    first = ordered(date(2026, 3, 1))

    assert first == [("广州市", "2026-02"), ("海珠区", "2026-02")]
    Job.objects.all().end(Job.Reason.REFUSED)
    assert ordered(date(2026, 3, 31)) == first
    assert ordered(date(2026, 4, 1))[2:] == [("广州市", "2026-03"), ("海珠区", "2026-03")]


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 1, 1), "2025-Q4"),
        (date(2026, 2, 17), "2025-Q4"),
        (date(2026, 3, 31), "2025-Q4"),
        (date(2026, 4, 1), "2026-Q1"),
    ],
)
def test_the_quarter_is_the_last_that_is_over(root, tenant, day, period):
    asks(tenant, "--quarterly")

    assert ordered(day) == [("广州市", period)]


def test_what_somebody_ordered_by_hand_does_not_stand_for_it(root, tenant, official):
    asks(tenant, "--monthly")
    request_report(root, parse_period("2026-02"), by=official)

    assert ordered(date(2026, 3, 1)) == [("广州市", "2026-02")] * 2


def test_each_tenant_decides_for_itself_and_may_end_it(root, tenant):
    with suspended():
        other = TenantFactory()
        with tenant_context(other.pk):
            AreaFactory(level="city", parent=None)
    assert "每月：是；每季：是" in asks(other, "--monthly", "--quarterly")
    assert "每月：否；每季：否" in asks(tenant)

    assert ordered(date(2026, 1, 1)) == []
    with suspended(), tenant_context(other.pk):
        assert Job.objects.count() == 2


def test_who_asked_is_written_down(root, tenant):
    asks(tenant, "--quarterly")
    append_pending()

    wishes = {"monthly_reports": False, "quarterly_reports": True}
    assert AuditEvent.objects.get(verb="ask-for-reports").detail == wishes
    assert Tenant.objects.get(pk=tenant.pk).quarterly_reports


def test_beat_knows_the_task():
    assert "compliance.order_reports" in {str(one["task"]) for one in BEAT_SCHEDULE.values()}
