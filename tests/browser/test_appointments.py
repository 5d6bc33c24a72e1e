"""People are invited, sign in and are shut out again, with scripts and without."""

import pytest
from django.contrib.auth.hashers import make_password

from tenancy.context import tenant_context
from tests.browser.demonstration import sign_in
from tests.factories import AreaFactory, UserFactory

PASSWORD, LASTING = "correct horse battery", "staple of the old mill"


@pytest.fixture
def city(tenant):
    with tenant_context(tenant.pk):
        return AreaFactory(level="city", code="440100000000", name="广州市", parent=None)


@pytest.fixture
def street(tenant, city):
    with tenant_context(tenant.pk):
        return AreaFactory(parent=city, code="440105001000", name="赤岗街道")


@pytest.fixture
def boss(tenant, city):
    with tenant_context(tenant.pk):
        return UserFactory(
            username="wang.min",
            name="王敏",
            role="city_authority",
            area=city,
            password=make_password(PASSWORD),
        )


@pytest.mark.full
def test_somebody_is_invited_and_comes_in_without_any_script(open_context, boss, street):
    office = open_context(java_script_enabled=False).new_page()
    sign_in(office, "wang.min", PASSWORD)
    office.goto("/appointments/new/")
    office.get_by_label("名称、别名或代码").fill("赤岗")
    office.get_by_role("button", name="查找").click()
    office.get_by_role("link", name="在此任命").click()
    office.get_by_label("账号", exact=True).fill("han.mei")
    office.get_by_label("姓名").fill("韩梅")
    office.get_by_label("角色").select_option("street_office")
    office.get_by_role("button", name="新增任命").click()
    temporary = office.locator("dd").nth(1).inner_text().strip()

    newcomer = open_context(java_script_enabled=False).new_page()
    sign_in(newcomer, "han.mei", temporary)
    assert newcomer.url.endswith("/password/")
    newcomer.get_by_label("临时密码").fill(temporary)
    newcomer.get_by_label("新密码", exact=True).fill(LASTING)
    newcomer.get_by_label("再输一次新密码").fill(LASTING)
    newcomer.get_by_role("button", name="修改密码").click()

    assert newcomer.url.endswith("/account/")
    assert newcomer.get_by_role("row", name="镇街 赤岗街道").is_visible()


@pytest.mark.full
def test_the_pages_hold_to_the_rules_of_accessibility_and_fit_a_phone(
    page_of, axe, fits_a_phone, boss, street
):
    page = page_of(boss)
    office = f"/appointments/new/?area={street.code}"
    for url in (
        "/account/",
        "/password/",
        "/appointments/",
        "/appointments/new/",
        office,
        "/areas/?q=赤岗",
        f"/areas/{street.code}/edit/",
        f"/areas/{street.code}/replace/",
        f"/areas/{street.code}/merge/",
    ):
        page.goto(url)
        axe(page)
        fits_a_phone(page)
    page.goto(office)
    page.get_by_role("button", name="新增任命").click()
    axe(page)
    assert page.evaluate("document.activeElement.id") == "error-summary"
