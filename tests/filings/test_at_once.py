"""Many at once: one effect, and whoever comes second is told so."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from filings import actions, totals
from filings.cells import Given
from filings.models import AreaMonth, MonthlyRecord, RecordEvent
from tenancy.context import tenant_context
from tests.factories import AreaFactory, StationFactory, UserFactory
from tests.filings.factories import OCTOBER, SOUND, MonthlyRecordFactory, filed

pytestmark = [pytest.mark.no_tenant, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(tenant):
    """Two stations of a street, who files and who accepts: committed, for other connections."""
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", parent=None)
        street = AreaFactory(parent=AreaFactory(level="district", parent=root))
        records = [MonthlyRecordFactory(station=StationFactory(street=street)) for _ in range(2)]
        totals.rebuild(OCTOBER)
        filer = UserFactory(role="operator", area=street)
        reviewer = UserFactory(role="district_authority", area=street.parent)
    return root, records, filer, reviewer


def together(tenant, *acts):
    """Each in its own transaction and connection, released at once; what became of them."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            with tenant_context(tenant.pk):
                act()
            return "done"
        except Exception as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def fresh(record):
    rows = MonthlyRecord.objects.select_related("station__area", "street", "template")
    return rows.get(pk=record.pk)


def test_ten_submits_have_one_effect(tenant, city):
    root, (record, _), filer, _reviewer = city

    def submit():
        actions.submit(record=fresh(record), seen=1, given=Given(cells=SOUND), by=filer)

    found = together(tenant, *[submit] * 10)

    assert (found["done"], found["AlreadyFiled"]) == (1, 9)
    with tenant_context(tenant.pk):
        assert RecordEvent.objects.count() == 1
        assert AreaMonth.objects.get(area=root).filed == 1


def test_a_submit_during_the_lock_is_filed_or_told_why_not(tenant, city):
    root, (record, _), filer, reviewer = city

    def submit():
        actions.submit(record=fresh(record), seen=1, given=Given(cells=SOUND), by=filer)

    def lock():
        actions.lock_due(today=record.locks_on + timedelta(days=1), by=reviewer)

    found = together(tenant, submit, lock)

    with tenant_context(tenant.pk):
        state = fresh(record).state
        counted = AreaMonth.objects.get(area=root).filed
    if found["done"] == 2:
        assert (state, counted) == ("submitted", 1)
    else:
        assert found["NotFillable"] == 1
        assert (state, counted) == ("missed", 0)


def test_accepting_side_by_side_loses_no_number(tenant, city):
    root, records, filer, reviewer = city
    with tenant_context(tenant.pk):
        for record in records:
            filed(record, filer)

    def accept(record):
        return lambda: actions.accept(record=fresh(record), seen=record.version, by=reviewer)

    found = together(tenant, *(accept(record) for record in records * 3))

    assert (found["done"], found["NotAwaitingReview"]) == (2, 4)
    with tenant_context(tenant.pk):
        assert AreaMonth.objects.get(area=root).figures["opened"] == 4
        assert [*totals.differences(OCTOBER)] == []
