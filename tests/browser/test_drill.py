"""市民政局 finds the station that misses a floor, why, and how many people are missing."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from compliance import facts
from tenancy.context import tenant_context
from tenancy.models import Area, User
from tests.browser.demonstration import CITY, STREET, evaluate, sign_in
from tests.compliance.ledgers import YEAR_3

PAGES = [
    "/",
    f"/areas/{CITY}/",
    f"/areas/{CITY}/?on=2025-12-31&standing=not_met",
    f"/areas/{STREET}/",
    f"/areas/{STREET}/people/",
    "/areas/?q=44",
]


def counted(tenant):
    """From the facts alone: how many are certified, of how many, and how many are missing by
    certifying and by hiring. A floor of two thirds is kept when 3c ≥ 2n."""
    with tenant_context(tenant.pk):
        loaded = facts.load(Area.objects.get(code=STREET), YEAR_3).facts
    there = [one.person for one in loaded.stations[0].staff.placements if one.active(YEAR_3)]
    c, n = sum(bool(person.certificates) for person in there), len(there)
    certify = next(more for more in count() if 3 * (c + more) >= 2 * n)
    hire = next(more for more in count() if 3 * (c + more) >= 2 * (n + more))
    return c, n, certify, hire


def drill(page, places, axe):
    """From page to page by the links in their tables."""
    for place in places:
        page.get_by_role("main").get_by_role("link", name=place, exact=True).last.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(place)
    axe(page)


def test_one_finds_the_way_from_the_city_to_the_people_missing(page, guangzhou, axe, fits_a_phone):
    evaluate(guangzhou, YEAR_3)
    c, n, certify, hire = counted(guangzhou)

    sign_in(page, "guangzhou")
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    drill(page, ("广州市", "海珠区", "凤阳街道", "凤阳街社工站"), axe)
    share = page.locator(".tile", has_text="持证比例")
    expect(share).to_contain_text(re.compile(rf"{c}/\s*{n}"))
    expect(share).to_contain_text("未达标")
    expect(share).to_contain_text(f"还差 {certify} 人")

    page.locator(".finding", has_text="CERT-03").get_by_role("link", name="详情").click()
    why = page.get_by_role("main")
    expect(why).to_contain_text("不符合")
    expect(why).to_contain_text(f"持证 {c} 人，在岗社工 {n} 人")
    expect(why).to_contain_text(f"再有 {certify} 名在岗社工取得证书，或新聘 {hire} 名持证社工")
    expect(why).to_contain_text("《广州市社工服务站管理办法》")
    expect(why).to_contain_text(f"3 × {c} < 2 × {n}")
    expect(why.get_by_role("cell", name="持证", exact=True)).to_have_count(c)
    fits_a_phone(page)
    axe(page)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.full
def test_pages_fit_a_phone(page_of, guangzhou, fits_a_phone, axe, language):
    evaluate(guangzhou, YEAR_3)
    page = page_of(User.objects.get(username="guangzhou"), locale=language)

    for url in PAGES:
        page.goto(url)
        axe(page)
        fits_a_phone(page)
        axe(page)
