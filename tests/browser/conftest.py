"""A real Chromium against a real server; what it shows is measured, not looked at.

Rows must be committed before the server sees them: these tests are marked `no_tenant`, and make
their rows in a `tenant_context` of their own that ends before the page is opened.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser.demonstration import load_guangzhou

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
HIGHEST_ROW = 96


def pytest_collection_modifyitems(items):
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.no_tenant)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is missing: apt install chromium"))


@pytest.fixture(scope="package")
def chromium():
    # Playwright runs an event loop in this thread; Django would take that for async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_context(chromium, live_server):
    """`open_context(…)`: a browser of its own, in Chinese; its scripts must not fail."""
    contexts, troubles = [], []

    def open_one(**options):
        context = chromium.new_context(
            **{"base_url": live_server.url, "locale": "zh-CN", "viewport": DESK} | options
        )
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on("console", lambda message: _note(message, troubles))
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []


def _note(message, troubles):
    """What the content policy refuses shows in the console only."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        troubles.append(message.text)


@pytest.fixture
def page(open_context):
    """A stranger's page."""
    return open_context().new_page()


@pytest.fixture
def page_of(open_context, live_server):
    """`page_of(user)`: a page of somebody who has signed in."""

    def open_page(user, **options):
        client = Client()
        client.force_login(user)
        context = open_context(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return context.new_page()

    return open_page


@pytest.fixture
def guangzhou(tenant, tmp_path):
    """The tenant, with a real city and its one published contract."""
    load_guangzhou(tenant, tmp_path)
    return tenant


@pytest.fixture
def axe():
    """`axe(page)`: no rule of accessibility is broken."""

    def check(page):
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def fits_a_phone():
    """`fits_a_phone(page)`: nothing to scroll sideways, and rows that leave room for others."""

    def check(page):
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        rows = page.locator("tbody tr, tfoot tr, li.row")
        heights = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
        assert [height for height in heights if height > HIGHEST_ROW] == []

    return check
