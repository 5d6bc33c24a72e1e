"""What beat has this app do, asked often: whatever day it comes back, it is done then."""

from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from filings import actions
from filings.actions import workbooks
from filings.actions.opening import NoTemplate
from filings.models import RecordWorkbook
from jobs import files
from tenancy.context import tenant_context
from tenancy.models import Tenant, User
from tenancy.periods import month_of


@shared_task(name="filings.open_periods")
def open_periods() -> None:
    """Open the month that has begun, and in the month before what came late."""
    today = timezone.localdate()
    for tenant in Tenant.objects.filter(ended_at=None):
        for day in (today.replace(day=1) - timedelta(days=1), today):
            _open(tenant, day)


def _open(tenant: Tenant, day: date) -> None:
    """A tenant without a template for the month files no records."""
    with tenant_context(tenant.pk):
        try:
            actions.open_period(period=month_of(day), by=User.objects.system(tenant))
        except NoTemplate:
            return


@shared_task(name="filings.forget_workbooks")
def forget_workbooks() -> None:
    """Remove the workbooks that nobody confirmed, and those that no row names."""
    named: set[str] = set()
    for tenant in Tenant.objects.all():
        with tenant_context(tenant.pk):
            workbooks.forget_workbooks()
            named.update(RecordWorkbook.objects.values_list("file", flat=True))
    files.remove_strays(RecordWorkbook.FOLDER, named)


@shared_task(name="filings.lock_records")
def lock_records() -> None:
    """Lock what is past its lock day."""
    today = timezone.localdate()
    for tenant in Tenant.objects.filter(ended_at=None):
        with tenant_context(tenant.pk):
            actions.lock_due(today=today, by=User.objects.system(tenant))
