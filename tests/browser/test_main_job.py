"""The main job: a published contract has gone in, an official paper comes out and can be trusted."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from compliance.forms import reports
from tests.browser.demonstration import CITY, DISTRICT, evaluate, sign_in
from tests.compliance.ledgers import YEAR_3
from tests.compliance.paper import text_of
from tests.jobs.workers import worker

PERIOD = "2025-Q4"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")


@pytest.fixture
def running_worker(tmp_path):
    with worker(tmp_path):
        yield


@pytest.fixture
def _years_back_to_2023(monkeypatch):
    """The form offers recent years; the contract's stay on offer however late the test runs."""
    monkeypatch.setattr(reports, "YEARS", date.today().year - 2022)


def figures(page):
    """Streets covered, streets, people certified and people on post, as the district's page says."""
    page.goto(f"/areas/{DISTRICT}/")
    values = [page.locator(".tile", has_text=label) for label in ("镇街覆盖", "持证比例")]
    return [number for tile in values for number in re.findall(r"\d+", tile.inner_text())[:2]]


def sentences(page):
    """What the list of findings says of the certified share, as paper prints it."""
    page.goto("/findings/?rule=CERT-03")
    said = page.locator(".finding p", has_text="在岗社工").all_inner_texts()
    return [re.sub(r"\s", "", sentence).split("。")[0] for sentence in said]


def order_the_report(page, axe):
    """From the to-do to the ended job."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("生成海珠区.*合规报告")).click()
    page.get_by_label("周期").select_option(PERIOD)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("article")).to_contain_text("2025年第四季度")
    axe(page)
    page.get_by_role("button", name="生成合规报告").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/"))
    expect(page.get_by_text("已完成").first).to_be_visible(timeout=30_000)


def take_away_the_paper(page, axe):
    page.get_by_role("link", name="查看结果").click()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    return text_of(download.value.path().read_bytes())


def verify(stranger, code):
    """Whoever holds the paper asks whether it is genuine."""
    stranger.goto("/verify/")
    stranger.get_by_label("校验码").fill(code.lower())
    stranger.get_by_role("button", name="查验").click()
    expect(stranger.get_by_role("heading", name="报告真实，现行有效")).to_be_visible()
    expect(stranger.get_by_text(f"海珠区（{DISTRICT}）")).to_be_visible()
    expect(stranger.get_by_text("2025年第四季度")).to_be_visible()


@pytest.mark.usefixtures("running_worker", "_years_back_to_2023")
def test_the_quarters_report_says_what_the_pages_say_and_can_be_verified(
    open_context, page, guangzhou, axe, fits_a_phone
):
    evaluate(guangzhou, YEAR_3)
    sign_in(page, "haizhu")
    expect(page.get_by_role("heading", name="海珠区")).to_be_visible()
    assert page.goto(f"/areas/{CITY}/").status == 404
    covered, streets, certified, people = figures(page)
    said = sentences(page)
    assert (certified, people, len(said)) == ("10", "20", 1)

    order_the_report(page, axe)
    paper = take_away_the_paper(page, axe)
    assert f"应覆盖镇街{streets}个，有运营中社工站的{covered}个" in paper
    assert f"在岗社工{people}人，持证{certified}人" in paper
    for words in ("凤阳街道", "不符合", said[0], "再有4名在岗社工"):
        assert words in paper

    stranger = open_context().new_page()
    verify(stranger, CODE.search(paper)[0])
    fits_a_phone(stranger)
    axe(stranger)
