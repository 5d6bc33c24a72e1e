"""The audit on a desk and on a phone, in both languages; a search that needs no script."""

import pytest

from staffing.models import Worker
from tenancy import audit
from tenancy.context import tenant_context
from tests.browser.conftest import PHONE
from tests.city_workbook import CityBook, plant_city
from tests.factories import AreaFactory, UserFactory

OFFICE = {"width": 1366, "height": 768}


@pytest.fixture
def auditor(tenant, tmp_path):
    """Whoever reads the audit of a stored city; the city's authority has looked at R1."""
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市", parent=None)
        plant_city(root)
        authority = UserFactory(name="王敏", role="city_authority", area=root)
        assert CityBook(tmp_path, authority).apply().applied
        seen = Worker.objects.get(code="R1")
        audit.record(verb="view-worker", by=authority, target=seen, place=seen.home.path)
        return UserFactory(role="audit_admin", area=root)


@pytest.mark.full
def test_who_saw_a_person_is_found_on_a_phone_without_any_script(page_of, auditor):
    page = page_of(auditor, viewport=PHONE, java_script_enabled=False)
    page.goto("/audit/")
    page.get_by_label("对象类别").select_option(label="人员")
    page.get_by_label("对象编码").fill("R1")
    page.get_by_label("行为", exact=True).select_option(label="查看人员")
    page.get_by_role("button", name="筛选").click()

    row = page.locator("tbody tr")
    assert row.count() == 1
    assert "王敏" in row.inner_text()
    row.get_by_role("link").first.click()
    assert page.locator("h1").inner_text() == "查看人员"


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_audit_fits_desk_and_phone_and_can_be_read_by_everybody(
    page_of, auditor, axe, fits_a_phone, language
):
    page = page_of(auditor, locale=language, viewport=OFFICE)
    page.goto("/audit/?kind=workers&code=R1")
    detail = page.locator("tbody a").first.get_attribute("href")
    for url in ("/audit/", detail, "/audit/?act=dance", "/audit/?who=nobody"):
        page.set_viewport_size(OFFICE)
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= OFFICE["width"]
        axe(page)
        fits_a_phone(page)
        axe(page)
