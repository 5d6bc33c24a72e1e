"""Fresh rows are known to the planner as soon as they are committed."""

import pytest
from django.db import connection, transaction

from tenancy.models import Tenant
from tenancy.statistics import MANY, refresh_after_commit
from tests.factories import TenantFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_tenant]


def estimate():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'tenancy_tenant'")
        return cursor.fetchone()[0]


def write(rows):
    with transaction.atomic():
        TenantFactory.create_batch(3)
        refresh_after_commit(rows)
        refresh_after_commit(rows)
        assert len(connection.run_on_commit) <= 1


def test_many_rows_renew_the_statistics_once_though_the_role_owns_nothing():
    write(MANY)

    assert estimate() == Tenant.objects.count() == 4


def test_a_few_rows_renew_nothing():
    write(MANY)
    write(MANY - 1)

    assert estimate() == 4 < Tenant.objects.count()
