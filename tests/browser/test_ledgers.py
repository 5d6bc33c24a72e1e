"""Ledgers kept by a street office and a station, on a phone and without any script."""

import pytest

from jobs.ledgers import registered
from staffing.models import Certificate, Placement, Worker
from stations.models import Post, Station
from tenancy.context import tenant_context
from tests.browser.conftest import PHONE
from tests.city_workbook import STREET, CityBook, plant_city
from tests.factories import AreaFactory, UserFactory

LEDGERS = registered().values()


@pytest.fixture
def people(tenant, tmp_path):
    """A stored city, its authority, a street's officer and the head of the street's station."""
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市", parent=None)
        streets = plant_city(root)
        authority = UserFactory(role="city_authority", area=root)
        assert CityBook(tmp_path, authority).apply().applied
        station = Station.objects.get(code="S1")
        return {
            "authority": authority,
            "officer": UserFactory(role="street_office", area=streets[STREET]),
            "head": UserFactory(role="station_head", area=station.area),
        }


@pytest.mark.full
def test_a_post_is_entered_and_changed_on_a_phone_without_any_script(
    tenant, page_of, people, fits_a_phone
):
    page = page_of(people["officer"], viewport=PHONE, java_script_enabled=False)
    page.goto("/ledgers/posts/")
    page.get_by_role("link", name="新增").click()
    page.get_by_label("岗位编码").fill("G9")
    page.get_by_label("设置日期").fill("2026-01-01")
    page.get_by_role("button", name="保存").click()
    assert page.locator("#error-summary li").count() == 2

    page.get_by_label("社工站编码").fill("S1")
    page.get_by_label("岗位类别").select_option("事务性")
    page.get_by_role("button", name="保存").click()
    assert "已保存" in page.locator("main").inner_text()

    page.get_by_role("link", name="修改").click()
    with tenant_context(tenant.pk):
        Post.objects.filter(code="G9").update(title="同事写的", version=2)
    page.get_by_label("岗位名称").fill("站长")
    page.get_by_role("button", name="保存").click()
    compared = page.locator("main table").inner_text()
    assert "同事写的" in compared
    assert page.get_by_label("岗位名称").input_value() == "站长"
    page.get_by_role("button", name="保存").click()
    with tenant_context(tenant.pk):
        assert Post.objects.get(code="G9").title == "站长"


def addresses(tenant):
    with tenant_context(tenant.pk):
        worker = Worker.objects.get(code="R1").pk
        certificate = Certificate.objects.get().pk
        return {
            "authority": ["/ledgers/", *(f"/ledgers/{ledger.slug}/" for ledger in LEDGERS)],
            "officer": [
                "/ledgers/points/new/",
                f"/ledgers/stations/{Station.objects.get(code='S1').pk}/",
                f"/certificates/{certificate}/verification/",
            ],
            "head": [
                "/ledgers/workers/",
                f"/ledgers/workers/{worker}/",
                f"/ledgers/workers/{worker}/edit/",
                f"/ledgers/placements/{Placement.objects.first().pk}/",
                f"/workers/{worker}/identity/",
            ],
        }


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.full
def test_ledgers_fit_a_phone_and_can_be_read_by_everybody(
    tenant, page_of, people, fits_a_phone, axe, language
):
    for person, urls in addresses(tenant).items():
        page = page_of(people[person], locale=language)
        for url in urls:
            page.goto(url)
            axe(page)
            fits_a_phone(page)
            axe(page)
