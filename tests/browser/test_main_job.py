"""The main job: a published contract goes in, verdicts and an official paper come out."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

import config.demo
from compliance.forms import reports
from config.demo import fengyang
from tenancy.context import tenant_context
from tenancy.models import Area, User
from tests.compliance.ledgers import YEAR_1, YEAR_3
from tests.compliance.paper import text_of
from tests.factories import UserFactory
from tests.jobs.workers import worker

LISTS = Path(config.demo.__file__).parent / "areas"
CITY, STREET = "440100000000", fengyang.STREET


@pytest.fixture
def guangzhou(tenant, tmp_path):
    """The city's real tree down to the streets, and the communities of one, as the lists have it."""
    towns, communities = LISTS / "national-to-street.csv", tmp_path / "communities.csv"
    head, *rows = (LISTS / "communities-guangzhou.csv").read_text().splitlines(keepends=True)
    communities.write_text("".join([head, *(row for row in rows if f",{STREET}" in row)]))
    command("load_areas", towns, tenant=tenant.slug, root=CITY, communities=communities)
    return tenant


@pytest.fixture
def official(guangzhou):
    with tenant_context(guangzhou.pk):
        city = Area.objects.get(code=CITY)
        user = UserFactory(username="guangzhou", role="city_authority", area=city)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def running_worker(tmp_path):
    with worker(tmp_path):
        yield


@pytest.fixture
def _years_back_to_2023(monkeypatch):
    """The form offers recent years; the contract's stay on offer however late the test runs."""
    monkeypatch.setattr(reports, "YEARS", date.today().year - 2022)


def command(name, *words, **options):
    """As typed, so that the command reads its own words."""
    typed = [part for key, value in options.items() for part in (f"--{key}", str(value))]
    call_command(name, *map(str, words), *typed, stdout=StringIO(), stderr=StringIO())


def evaluate(tenant, on):
    command("evaluate", tenant=tenant.slug, area=CITY, on=on)


def shows_the_first_year_met(page):
    share = page.locator(".tile", has_text="持证比例")
    expect(share).to_contain_text(re.compile(r"10/\s*20"))
    expect(share).to_contain_text("达标")
    expect(share).not_to_contain_text("未达标")
    expect(page.locator(".finding", has_text="CERT-01")).to_contain_text("符合")


def shows_the_third_year_lacking_four(page):
    share = page.locator(".tile", has_text="持证比例")
    expect(share).to_contain_text("未达标")
    expect(share).to_contain_text("还差 4 人")
    third_year = page.locator(".finding", has_text="CERT-03")
    expect(third_year).to_contain_text("不符合")
    expect(third_year).to_contain_text("持证 10 人，在岗社工 20 人，占 50.0%")


def order_the_report(page, period, axe):
    """From the place's page to the ended job."""
    page.get_by_role("link", name="生成合规报告").click()
    page.get_by_label("周期").select_option(period)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("article")).to_contain_text("持证 10 人，在岗社工 20 人，占 50.0%")
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


@pytest.mark.usefixtures("running_worker", "_years_back_to_2023")
def test_from_the_published_contract_to_the_paper(page_of, guangzhou, official, tmp_path, axe):
    book = fengyang.write(tmp_path / "fengyang.xlsx")
    command("import_city", book, tenant=guangzhou.slug, **{"as": official.username})
    page = page_of(official)

    evaluate(guangzhou, YEAR_1)
    page.goto(f"/areas/{STREET}/")
    shows_the_first_year_met(page)

    evaluate(guangzhou, YEAR_3)
    page.reload()
    shows_the_third_year_lacking_four(page)
    axe(page)

    order_the_report(page, "2025", axe)
    paper = take_away_the_paper(page, axe)
    for words in ("凤阳街道", "不符合", "持证10人，在岗社工20人，占50.0%", "再有4名在岗社工"):
        assert words in paper
