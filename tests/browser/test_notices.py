"""From findings on a phone without scripts to a notice on paper."""

import re

import pytest
from playwright.sync_api import expect

from compliance import actions
from compliance.models import RunFinding
from tenancy.context import tenant_context
from tenancy.models import User
from tests.browser.conftest import PHONE
from tests.compliance.ledgers import YEAR_3, fengyang
from tests.compliance.notices import NoticeFactory, NoticeFindingFactory
from tests.compliance.paper import text_of
from tests.factories import AreaFactory, UserFactory
from tests.jobs.workers import wait_until, worker

NUMBER = "穗民函〔2026〕12号"


@pytest.fixture
def official(tenant):
    """Of a city where one project lacks four people and one street a station."""
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市")
        district, *_ = fengyang(root)
        AreaFactory(parent=district, name="赤岗街道")
        actions.evaluate(area=root, on=YEAR_3, by=User.objects.system(tenant.pk))
        return UserFactory(role="city_authority", area=root)


@pytest.fixture
def notice(official, tenant):
    with tenant_context(tenant.pk):
        row = RunFinding.objects.select_related("run__area").get(rule="CERT-03")
        made = NoticeFactory(area=row.run.area, run=row.run, issued_by=official)
        NoticeFindingFactory(notice=made, finding=row)
        return made


@pytest.fixture
def running_worker(tmp_path):
    with worker(tmp_path):
        yield


def is_finished(page):
    """Ask again, as one does without scripts."""
    if page.get_by_role("link", name="查看结果").count():
        return True
    page.get_by_role("link", name="刷新进度").click()
    return False


@pytest.mark.usefixtures("running_worker")
@pytest.mark.full
def test_two_findings_become_a_notice(page_of, official):
    page = page_of(official, viewport=PHONE, java_script_enabled=False)
    page.goto("/findings/?status=not_met")
    page.get_by_label("凤阳街道社工站 · 第三年持证比例").check()
    page.get_by_label("赤岗街道 · 镇街社工站全覆盖").check()
    page.get_by_role("button", name="出具通知").click()

    page.get_by_role("button", name="出具通知").click()
    expect(page.get_by_role("alert")).to_contain_text("发文字号")
    page.get_by_label("发文字号").fill(NUMBER)
    page.get_by_label("主送机关").fill("示例社会工作服务中心")
    page.get_by_role("button", name="出具通知").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/"))
    wait_until(lambda: is_finished(page), 60)
    page.get_by_role("link", name="查看结果").click()

    expect(page.get_by_role("heading", name=NUMBER)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    paper = text_of(download.value.path().read_bytes())
    for words in (NUMBER, "示例社会工作服务中心：", "持证10人，在岗社工20人，占50.0%", "赤岗街道"):
        assert words in paper


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.full
def test_pages_of_notices_can_be_read_by_everybody(
    page_of, official, notice, axe, fits_a_phone, tenant, language
):
    with tenant_context(tenant.pk):
        finding = RunFinding.objects.get(rule="CERT-03").pk
    page = page_of(official, locale=language)

    for address in (
        "/findings/?status=not_met",
        f"/findings/{finding}/",
        f"/notices/new/?finding={finding}",
        "/notices/new/",
        "/notices/",
    ):
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(address)
        axe(page)
        fits_a_phone(page)
        axe(page)
    page.goto(f"/notices/{notice.pk}/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
