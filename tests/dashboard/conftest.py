from contextlib import contextmanager
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance import actions
from tenancy.audit import append_pending
from tenancy.models import User

TODAY = date(2026, 2, 1)


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield TODAY


@pytest.fixture
def judged(today):
    """`judged(area, on)`: the area as a run left it."""

    def judge(area, on=TODAY):
        return actions.evaluate(area=area, on=on, by=User.objects.system(area.tenant_id))

    return judge


@pytest.fixture
def most_reads():
    """`with most_reads(12):` no more rows are asked for than so many times, set_config included."""

    @contextmanager
    def count(most):
        append_pending()  # what the test's own rows noted is no part of the request
        with CaptureQueriesContext(connection) as asked:
            yield
        reads = [query["sql"] for query in asked if "SELECT" in query["sql"]]
        assert len(reads) <= most, "\n\n".join(reads)

    return count
