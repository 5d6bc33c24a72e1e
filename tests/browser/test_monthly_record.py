"""October of a station: filed, returned with a reason, mended, accepted, added up."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from filings import actions, totals
from filings.cells import Given
from filings.models import MonthlyRecord
from tenancy.context import tenant_context
from tests.browser.conftest import PHONE
from tests.factories import UserFactory
from tests.filings.guangzhou import MONTH, OCTOBER, SEPTEMBER, planted_tree, record_of, staffed

ROLES = ("city_authority", "station_head", "street_office", "district_authority")
REASON = "重阳节前集中走访高龄老人。"


@pytest.fixture
def people(tenant):
    """Who files, looks first, accepts and reads the city; September is accepted, October open."""
    with tenant_context(tenant.pk):
        root, district, street = planted_tree()
        station = staffed(street)
        seats = {
            "station_head": station.area,
            "street_office": street,
            "district_authority": district,
            "city_authority": root,
        }
        found = {role: UserFactory(role=role, area=area) for role, area in seats.items()}
        before = record_of(station, SEPTEMBER)
        record_of(station, OCTOBER, street_first=True)
        filer, reviewer = found["station_head"], found["district_authority"]
        actions.submit(record=before, seen=1, given=Given(cells=MONTH), by=filer)
        actions.accept(record=before, seen=before.version, by=reviewer)
        totals.rebuild(OCTOBER)
    return found


@pytest.fixture
def record(people, tenant):
    with tenant_context(tenant.pk):
        return MonthlyRecord.objects.get(month=OCTOBER)


def fill(page, **changes):
    for code, value in (MONTH | changes).items():
        page.locator(f"[name='cell.{code}']").fill(value)


def accepted_of(page):
    page.goto("/records/board/?period=2026-10")
    return page.locator("dl.tiles .tile", has_text="已接收").locator(".value").inner_text()


def file_october(filer):
    """One hard error is mended, one soft check explained."""
    filer.goto("/")
    filer.get_by_role("link", name="份月报待报送").click()
    fill(filer, cases_closed="9", visits="40")
    filer.get_by_role("button", name="校验并报送").click()
    alert = filer.get_by_role("alert")
    expect(alert).to_contain_text("有 1 处需要更正，1 处需要说明")
    alert.get_by_role("link", name="结案").click()
    filer.locator("[name='cell.cases_closed']").fill("1")
    filer.locator("[name='why.changed-by-half.visits']").fill(REASON)
    filer.get_by_role("button", name="校验并报送").click()
    expect(filer.get_by_role("heading", name="确认报送")).to_be_visible()
    filer.get_by_role("button", name="确认报送").click()
    expect(filer.locator("main")).to_contain_text("YB202610-440105001-01-1")


def open_next(page):
    page.goto("/records/review/")
    page.get_by_role("button", name="审核", exact=False).first.click()


def send_back(street):
    """With a reason and one cell marked; the filer's sentence stands beside its number."""
    open_next(street)
    expect(street.locator("main")).to_contain_text(REASON)
    street.get_by_role("checkbox", name="退改：新开个案").check()
    street.get_by_label("数据前后不一致").check()
    street.get_by_label("意见").fill("新开个案应为两个，请核对后改正。")
    street.get_by_role("button", name="确认退回").click()


def mend(filer):
    """The marked cell is shown; a second change asks for a sentence as well."""
    filer.goto("/")
    filer.get_by_role("link", name="被退回").click()
    expect(filer.locator("#returned")).to_contain_text("新开个案应为两个")
    expect(filer.locator("tr.marked")).to_contain_text("新开个案")
    filer.locator("[name='cell.cases_opened']").fill("2")
    filer.get_by_role("button", name="校验并报送").click()
    filer.locator("[name='why.changed-by-half.cases_opened']").fill("按档案更正。")
    filer.get_by_role("button", name="校验并报送").click()
    filer.get_by_role("button", name="确认报送").click()


def test_a_month_is_filed_returned_mended_accepted_and_added_up(page_of, people, record):
    city, filer, street, district = (page_of(people[role]) for role in ROLES)
    assert accepted_of(city) == "0/1"
    file_october(filer)
    send_back(street)
    mend(filer)

    open_next(street)
    expect(street.get_by_role("table", name="退回后的改动")).to_contain_text("新开个案")
    street.get_by_role("button", name="通过并看下一份").click()
    open_next(district)
    district.get_by_role("button", name="接收并看下一份").click()

    assert accepted_of(city) == "1/1"


def test_two_filers_in_two_tabs_lose_nothing(page_of, people, record, tenant):
    one, other = page_of(people["station_head"]), page_of(people["station_head"])
    for page in (one, other):
        page.goto(f"/records/{record.pk}/edit/")
    one.locator("[name='cell.visits']").fill("11")
    one.get_by_role("button", name="保存草稿").click()
    other.locator("[name='cell.visits']").fill("22")
    other.locator("[name='cell.calls']").fill("33")
    other.get_by_role("button", name="保存草稿").click()

    expect(other.get_by_role("alert")).to_contain_text("两边都不会丢")
    row = other.get_by_role("row", name="入户探访")
    expect(row).to_contain_text("11")
    expect(row).to_contain_text("22")
    row.get_by_label("11").check()
    other.get_by_role("button", name="按选定的保存").click()
    expect(other.locator("main")).to_contain_text("草稿已保存")

    with tenant_context(tenant.pk):
        figures = MonthlyRecord.objects.get(pk=record.pk).figures
    assert (figures["visits"], figures["calls"]) == (11, 33)


def pasted(cell, text):
    cell.evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def focused(page):
    return page.evaluate("document.activeElement.name")


def stored(tenant, record):
    with tenant_context(tenant.pk):
        return MonthlyRecord.objects.get(pk=record.pk).figures


def test_numbers_go_in_by_keys_and_as_a_column(page_of, people, record, tenant):
    page = page_of(people["station_head"])
    page.goto(f"/records/{record.pk}/edit/")
    page.locator("[name='cell.visits']").focus()
    page.keyboard.press("ArrowDown")
    below = focused(page)
    page.keyboard.press("Shift+Enter")
    assert (below != "cell.visits", focused(page)) == (True, "cell.visits")

    pasted(page.locator("[name='cell.group_sessions']"), "4\r\n40\r\n2\r\n60\r\n20\r\n")
    expect(page.locator("[data-status]")).to_contain_text("已保存")

    figures = stored(tenant, record)
    codes = ("group_sessions", "group_times", "activities", "activity_times", "visits")
    assert [figures.get(code) for code in codes] == [4, 40, 2, 60, 20]


def test_counts_wait_on_the_machine_while_the_line_is_down(page_of, people, record, tenant):
    page = page_of(people["station_head"])
    page.goto(f"/records/{record.pk}/edit/")
    page.context.set_offline(True)
    page.locator("[name='cell.visits']").fill("17")
    page.locator("[name='cell.highlights']").fill("不应留在本机的文字")
    expect(page.locator("[data-status]")).to_contain_text("离线，数字已存本机")
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "17" in kept
    assert "不应留在本机" not in kept

    page.context.set_offline(False)
    expect(page.locator("[data-status]")).to_contain_text("已保存")
    assert page.evaluate("localStorage.length") == 0
    assert stored(tenant, record)["visits"] == 17


def test_signing_out_leaves_no_counts_on_the_machine(page_of, people, record):
    page = page_of(people["station_head"])
    page.goto("/")
    page.evaluate("localStorage.setItem('record:1:1', '{}')")
    page.locator("header summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/**")
    assert page.evaluate("localStorage.getItem('record:1:1')") is None


@pytest.mark.full
def test_a_month_is_filed_on_a_phone_without_scripts(page_of, people, record):
    page = page_of(people["station_head"], viewport=PHONE, java_script_enabled=False)
    page.goto(f"/records/{record.pk}/edit/")
    fill(page)
    page.get_by_role("button", name="校验并报送").click()
    page.get_by_role("button", name="确认报送").click()
    expect(page.locator("main")).to_contain_text("YB202610-440105001-01-1")


PAGES = {
    "station_head": ("record-list", "record-edit", "workbook-list", "definitions"),
    "district_authority": ("record-detail", "review-queue", "board", "totals"),
    "city_authority": ("filing-settings", "calendar"),
}


@pytest.mark.full
@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_accessible_and_fits_a_phone(page_of, people, record, axe, role):
    page = page_of(people[role])
    for name in PAGES[role]:
        of_the_record = name in ("record-edit", "record-detail")
        page.goto(reverse(f"filings:{name}", args=[record.pk] if of_the_record else []))
        axe(page)
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        axe(page)
