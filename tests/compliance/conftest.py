from datetime import date

import pytest
import time_machine

from compliance.reports import printing


@pytest.fixture
def today():
    """A day in the third year of the projects of `tests.compliance.ledgers`."""
    with time_machine.travel(date(2026, 2, 1), tick=False):
        yield


@pytest.fixture
def unprinted(monkeypatch):
    """Reports are archived as their HTML: setting pages says nothing about versions and codes."""
    monkeypatch.setattr(printing, "set_pages", str.encode)
