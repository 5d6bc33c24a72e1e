import pytest

from compliance.reports import printing


@pytest.fixture
def unprinted(monkeypatch):
    """Reports are archived as their HTML: setting pages says nothing about versions and codes."""
    monkeypatch.setattr(printing, "set_pages", str.encode)
