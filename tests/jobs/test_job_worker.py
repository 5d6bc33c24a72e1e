import pytest

from jobs import actions
from jobs.models import Job, WorkerHeartbeat
from tenancy.context import tenant_context
from tenancy.models import AuditEvent
from tests.factories import AreaFactory, UserFactory
from tests.jobs import kinds
from tests.jobs.workers import wait_until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_tenant]


def test_a_job_goes_from_request_to_result(tenant, tmp_path):
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市", parent=None)
        user = UserFactory(role="city_authority", area=root)
    with worker(tmp_path):
        with tenant_context(tenant.pk):
            job = actions.request(kind="quick", area=root, params={}, by=user)

        def done():
            with tenant_context(tenant.pk):
                return Job.objects.get(pk=job.pk).ended_at

        wait_until(done)
    with tenant_context(tenant.pk):
        job.refresh_from_db()
        assert (job.status, job.result, job.attempt) == ("done", {"attempt": 1}, 1)
        assert AuditEvent.objects.filter(verb=kinds.EFFECT).count() == 1
