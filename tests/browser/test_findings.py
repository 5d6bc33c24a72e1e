"""Findings and reports as they are read: on the desk, on the phone, by those who listen."""

import pytest

from compliance import actions
from tenancy.context import tenant_context
from tenancy.models import User
from tenancy.periods import parse_period
from tests.browser.conftest import PHONE
from tests.compliance.ledgers import YEAR_3, fengyang
from tests.factories import AreaFactory, UserFactory


@pytest.fixture
def reader(tenant):
    """Somebody of a city where one project lacks four people and one street a station."""
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市")
        district, *_ = fengyang(root)
        AreaFactory(parent=district, name="赤岗街道")
        system = User.objects.system(tenant.pk)
        actions.evaluate(area=root, on=YEAR_3, by=system)
        actions.build_report(area=root, period=parse_period("2025-Q3"), by=system)
        return UserFactory(role="city_authority", area=root)


@pytest.mark.parametrize(
    ("start", "follow"),
    [
        ("/findings/", None),
        ("/findings/?rule=CERT-03", "/findings/"),
        ("/findings/?status=waived", None),
        ("/reports/", None),
        ("/reports/new/", None),
        ("/areas/440100000000/reports/", None),
        ("/verify/", None),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.full
def test_pages_can_be_read_by_everybody(
    page_of, reader, axe, fits_a_phone, start, follow, language
):
    page = page_of(reader, locale=language)
    page.goto(start)
    if follow:
        page.locator(f"main a[href^='{follow}']").first.click()

    axe(page)
    fits_a_phone(page)
    axe(page)


@pytest.mark.full
def test_the_preview_keeps_its_width_on_a_phone(page_of, reader, axe):
    page = page_of(reader, viewport=PHONE)
    page.goto("/reports/")
    page.locator("main tbody a").first.click()

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator(".grid").first.bounding_box()["width"] > 500


def test_a_verdict_opens_its_reasons_without_scripts(page_of, reader):
    page = page_of(reader, java_script_enabled=False)
    page.goto("/findings/?rule=CERT-03")

    page.get_by_text("依据").click()

    assert page.get_by_text("3 × 10 < 2 × 20").is_visible()
