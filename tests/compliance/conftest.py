from datetime import date

import pytest
import time_machine


@pytest.fixture
def today():
    """A day in the third year of the projects of `tests.compliance.ledgers`."""
    with time_machine.travel(date(2026, 2, 1), tick=False):
        yield
