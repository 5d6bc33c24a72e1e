"""Reports: versions, bytes, what the paper says, and what it never fetches."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.core.management import CommandError, call_command

from compliance import actions
from compliance.models import Report, Run
from compliance.periods import parse_period
from compliance.reports import printing
from tenancy.models import User
from tests.compliance.ledgers import fengyang, hire
from tests.compliance.paper import fonts_of, pages_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 2, 1), tick=False):
        yield


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def built(area, period="2025-Q4"):
    by = User.objects.system(area.tenant_id)
    return actions.build_report(area=area, period=parse_period(period), by=by)


def test_the_paper_says_what_the_run_found(root):
    district, *_ = fengyang(root)

    report = built(district)
    text = text_of(actions.content_of(report))

    assert "海珠区2025年第四季度社工服务站合规情况报告" in text


