"""Somebody opens an empty tenant and is led on, on a desk and on a phone."""

import pytest

from tenancy.context import tenant_context
from tests.browser.conftest import PHONE
from tests.factories import AreaFactory, UserFactory

OFFICE = {"width": 1366, "height": 768}


@pytest.fixture
def official(tenant):
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市", parent=None)
        return UserFactory(role="city_authority", area=root)


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_steps_lead_on(page_of, official, axe, fits_a_phone, language):
    page = page_of(official, locale=language, viewport=OFFICE, java_script_enabled=False)
    page.goto("/")
    steps = page.locator("section[aria-labelledby=first-steps] li")
    assert steps.count() == 4
    steps.nth(2).get_by_role("link").click()
    assert page.url.endswith("/imports/")

    page = page_of(official, locale=language, viewport=OFFICE)
    page.goto("/")
    axe(page)
    page.set_viewport_size(PHONE)
    fits_a_phone(page)
    axe(page)
