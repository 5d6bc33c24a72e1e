"""City, district, street and another tenant: each signs in and meets exactly its own place."""

import re

import pytest
from playwright.sync_api import expect

from compliance import actions as compliance
from tenancy.actions import people
from tenancy.context import tenant_context
from tenancy.models import User
from tests.browser.test_sign_in import PASSWORD, enter
from tests.compliance.ledgers import YEAR_3, fengyang
from tests.factories import AreaFactory, TenantFactory, UserFactory


@pytest.fixture
def stations(tenant):
    """凤阳街 in Guangzhou with a neighbour, and 丛台 in another tenant; an account at each."""
    with tenant_context(tenant.pk):
        city = AreaFactory(level="city", code="440100000000", name="广州市")
        district, street, station = fengyang(city)
        AreaFactory(code="440105016000", name="江海街道", parent=district)
        _account("city_authority", city)
        _account("district_authority", district)
        _account("street_office", street)
        compliance.evaluate(area=city, on=YEAR_3, by=User.objects.system(tenant))
    foreign = TenantFactory(name="邯郸市")
    with tenant_context(foreign.pk):
        handan = AreaFactory(level="city", code="130400000000", name="邯郸市")
        AreaFactory(code="130403001000", name="丛台西街道", parent=handan)
        _account("system_admin", handan)
    return station


def _account(role, area):
    user = UserFactory(username=role.replace("_", "."), role=role, area=area)
    people.change_password(user=user, password=PASSWORD)


CITY, DISTRICT, STREET = "440100000000", "440105000000", "440105015000"
NEIGHBOUR, FOREIGN = "440105016000", "130403001000"
PAGES = [
    "/",
    f"/areas/{CITY}/",
    f"/areas/{CITY}/?on=2025-12-31&standing=not_met",
    f"/areas/{STREET}/",
    f"/areas/{STREET}/people/",
    "/areas/?q=44",
]


@pytest.mark.parametrize(
    ("account", "own", "seen", "unseen", "unfound"),
    [
        ("city.authority", "广州市", [CITY, DISTRICT, STREET, NEIGHBOUR], [FOREIGN], "丛台"),
        ("district.authority", "海珠区", [DISTRICT, STREET], [CITY, FOREIGN], "丛台"),
        ("street.office", "凤阳街道", [STREET], [CITY, DISTRICT, NEIGHBOUR, FOREIGN], "江海"),
        ("system.admin", "邯郸市", [FOREIGN, "130400000000"], [CITY, STREET], "凤阳"),
    ],
)
def test_each_meets_exactly_its_own_place(page, stations, axe, account, own, seen, unseen, unfound):
    page.goto("/login/")
    enter(page, account, PASSWORD)
    expect(page.get_by_role("heading", name=own)).to_be_visible()
    axe(page)

    answers = {code: page.goto(f"/areas/{code}/").status for code in [*seen, *unseen]}
    assert answers == dict.fromkeys(seen, 200) | dict.fromkeys(unseen, 404)

    page.goto("/")
    page.get_by_role("searchbox").fill(unfound)
    page.get_by_role("button", name="搜索", exact=True).click()
    expect(page.get_by_text("没有找到")).to_be_visible()


def test_another_tenants_station_is_nowhere(page, stations):
    page.goto("/login/")
    enter(page, "system.admin", PASSWORD)
    expect(page).to_have_url(re.compile(r"/$"))

    for url in (f"/stations/{stations.pk}/", f"/areas/{stations.code}/", "/findings/1/"):
        assert page.goto(url).status == 404


def test_one_finds_the_way_from_the_city_to_the_people_missing(page, stations, axe, fits_a_phone):
    page.goto("/login/")
    enter(page, "city.authority", PASSWORD)
    expect(page.get_by_text("再有 4 名在岗社工取得证书").first).to_be_visible()
    for place in ("广州市", "海珠区", "凤阳街道", "凤阳街道社工站"):
        page.locator("main").get_by_role("link", name=place, exact=True).last.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(place)
        axe(page)

    expect(page.locator("main")).to_contain_text("要求不低于 2/3（至少 14 人）")
    page.get_by_text("依据").first.click()
    expect(page.get_by_text("3 × 10 < 2 × 20")).to_be_visible()
    fits_a_phone(page)
    axe(page)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.full
def test_pages_fit_a_phone(page_of, stations, fits_a_phone, axe, language):
    page = page_of(User.objects.get(username="city.authority"), locale=language)

    for url in PAGES:
        page.goto(url)
        fits_a_phone(page)
    axe(page)
