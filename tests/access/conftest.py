import pytest
from django.db import transaction
from django.template.backends.django import Template

from tests.access.world import World

ERROR_PAGES = ("400", "403", "404", "409", "500", "503", "error")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world a module, in one transaction that never commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World.create()
        transaction.set_rollback(True)


@pytest.fixture
def unrendered(monkeypatch):
    """Pages without their rendering, which says nothing about access; error pages as they are."""
    render = Template.render

    def render_errors_only(self, *args, **kwargs):
        is_error = (self.template.name or "").startswith(ERROR_PAGES)
        return render(self, *args, **kwargs) if is_error else ""

    monkeypatch.setattr(Template, "render", render_errors_only)
