"""A workbook confirmed from many tabs at once is written once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from filings.actions import workbooks as actions
from filings.models import MonthlyRecord, RecordWorkbook
from tenancy.context import tenant_context
from tests.factories import AreaFactory, StationFactory, UserFactory
from tests.filings.factories import MonthlyRecordFactory
from tests.filings.workbooks import line, table

TABS = 4


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_one_of_many_confirmations_wins(tenant):
    with tenant_context(tenant.pk):
        street = AreaFactory(parent=AreaFactory(level="city", parent=None))
        station = StationFactory(street=street, code="440105001-01")
        record = MonthlyRecordFactory(station=station)
        by = UserFactory(role="operator", area=street)
        content = ContentFile(table(line()), "月报.csv")
        workbook = actions.upload_workbook(content=content, by=by)
    barrier = Barrier(TABS)

    def confirm(_tab):
        try:
            with tenant_context(tenant.pk):
                seen = RecordWorkbook.objects.get(pk=workbook.pk)
                barrier.wait()
                actions.confirm_workbook(workbook=seen, by=by)
            return "written"
        except actions.NotConfirmable:
            return "too late"
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        assert Counter(pool.map(confirm, range(TABS))) == {"written": 1, "too late": TABS - 1}
    with tenant_context(tenant.pk):
        assert MonthlyRecord.objects.get(pk=record.pk).version == 2
