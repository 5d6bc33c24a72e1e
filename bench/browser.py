"""What a page weighs and when it is seen: a phone on a slow line, a real server."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from bench import demo
from bench.figures import Figure
from bench.place import LOGS, environment_of
from config.embedded.children import start, stop_all
from config.embedded.processes import LOOPBACK, accepts, free_port, wait_until
from config.run import WEB
from tenancy.models import Tenant

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 390, "height": 844}
BYTES_A_SECOND = 1.6e6 / 8
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
SLOWER = 4
ROUNDS = 5
SETTLED = 500  # ms after which nothing larger is painted
LARGEST = """new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.largestPaint = entry.startTime
}).observe({type: "largest-contentful-paint", buffered: true})"""


def measure(_city: Tenant) -> Iterator[Figure]:
    """Each page with an empty cache, by somebody who has signed in."""
    session = demo.signed_in().cookies[settings.SESSION_COOKIE_NAME].value
    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"])
        for what, address in demo.PAGES.items():
            yield _figure(what, [_visit(browser, url, session, address) for _ in range(ROUNDS)])
        browser.close()


def _figure(what: str, visits: list[tuple[int, float]]) -> Figure:
    weights, paints = zip(*visits, strict=True)
    return Figure(
        f"{what} at 390 px, 1.6 Mbit/s, 150 ms, a fourth of the processor",
        f"{median(weights) / 1024:.0f} KB, largest paint {median(paints) / 1000:.2f} s",
        "120 KB, 2 s",
        f"slowest of {ROUNDS}: {max(paints) / 1000:.2f} s",
    )


@contextmanager
def _served() -> Iterator[str]:
    port = free_port()
    environment = environment_of(port, "bench.serving")
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, check=True, env=environment)
    label, name, command = WEB
    server = start(label, command, LOGS / f"{name}.log", environment)
    try:
        assert wait_until(lambda: accepts(port), seconds=30)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        stop_all([server])


def _visit(browser: Browser, url: str, session: str, address: str) -> tuple[int, float]:
    """Bytes over the line, and milliseconds until the largest paint."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    context.add_init_script(LARGEST)
    page, received = context.new_page(), []
    line = context.new_cdp_session(page)
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    response: Any = page.goto(url + address, wait_until="load")
    assert response.ok, response.status
    page.wait_for_timeout(SETTLED)
    paint = page.evaluate("window.largestPaint")
    context.close()
    return sum(received), paint
