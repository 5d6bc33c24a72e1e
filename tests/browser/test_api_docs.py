"""The page that explains the API, on a phone and on a desk, in both languages."""

import pytest

from tenancy.context import tenant_context
from tests.browser.conftest import PHONE
from tests.factories import AreaFactory, UserFactory


@pytest.mark.full
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_api_is_explained_on_a_phone_and_on_a_desk(tenant, page_of, axe, locale):
    with tenant_context(tenant.pk):
        user = UserFactory(role="city_authority", area=AreaFactory(level="city"))
    page = page_of(user, locale=locale)

    page.goto("/account/")
    page.locator('a[href="/api/docs/"]').click()

    assert page.locator("h2", has_text="/api/v1/findings/").is_visible()
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    axe(page)
