"""Two who open stations in one tenant on one day: neither waits, and both count."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from stations.models import Station, StationCount
from tenancy.context import tenant_context
from tests.factories import AreaFactory, StationFactory

pytestmark = [pytest.mark.no_tenant, pytest.mark.django_db(transaction=True)]
LONG = 20


@pytest.fixture
def street(tenant):
    """A street with a station: committed, for other connections."""
    with tenant_context(tenant.pk):
        street = AreaFactory(parent=AreaFactory(level="city", parent=None))
        StationFactory(street=street)
    return street


def test_nobody_waits_for_who_counts_in_the_same_places(tenant, street):
    written, done = Event(), Event()

    def open_and_stay():
        with tenant_context(tenant.pk):
            StationFactory(street=street)
            written.set()
            assert done.wait(LONG)
        connection.close()

    def open_beside():
        try:
            assert written.wait(LONG)
            with tenant_context(tenant.pk), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                StationFactory(street=street)
        finally:
            done.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(open_and_stay), pool.submit(open_beside)]:
            one.result()

    with tenant_context(tenant.pk):
        rows = StationCount.objects.filter(area=street.parent)
        assert sorted(rows.values_list("change", flat=True)) == [1, 2]
        Station.objects.filter(pk=Station.objects.first().pk).delete()
        assert rows.get().change == 2  # the next change takes both rows into one
