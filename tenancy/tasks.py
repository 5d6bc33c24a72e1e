"""What beat has tenancy do."""

from celery import shared_task
from django.utils import timezone

from tenancy import answers, audit_anchors, digest, once
from tenancy.context import tenant_context
from tenancy.models import Tenant


@shared_task(name="tenancy.anchor_audit")
def anchor_audit() -> None:
    """Write down outside the database where each chain stands."""
    audit_anchors.write_all()


@shared_task(name="tenancy.send_digests")
def send_digests() -> None:
    """Asked often: whatever time beat comes back, the day's mail goes out then."""
    digest.send_due(timezone.now())


@shared_task(name="tenancy.forget_submissions")
def forget_submissions() -> None:
    """Drop the keys of forms that were sent, and of requests answered, long ago."""
    for tenant in Tenant.objects.all():
        with tenant_context(tenant.pk):
            once.forget_old()
            answers.forget_old()
