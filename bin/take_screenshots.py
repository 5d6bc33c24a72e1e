"""The pictures of the README, from the running demonstration: desktop, phone, a page of the PDF.

`make run` in one terminal, `make screenshots` in another; the paper takes `pdftoppm` of
poppler-utils.
"""

import os
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/screenshots"
ACCOUNTS = ROOT / "var/demo-accounts.txt"
ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
AUTHORITY, DISTRICT, STATION = "shi.guangzhou", "qu.guangzhou", "zhan.guangzhou"
DESK, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        desk = signed_in(browser, AUTHORITY, DESK)
        shoot(desk, "/areas/440100000000/", "desk-city")
        phone = signed_in(browser, DISTRICT, PHONE)
        shoot(phone, "/", "phone-home")
        shoot(phone, "/findings/?status=not_met", "phone-findings")
        shoot_records(browser)
        draw(paper(signed_in(browser, DISTRICT, DESK)), "paper")
        browser.close()


def signed_in(browser: Browser, username: str, size: ViewportSize) -> Page:
    page = browser.new_context(base_url=ADDRESS, locale="zh-CN", viewport=size).new_page()
    page.goto("/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password_of(username))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def password_of(username: str) -> str:
    rows = [line.split("\t") for line in ACCOUNTS.read_text().splitlines()[1:]]
    return next(password for _tenant, _role, name, password in rows if name == username)


def shoot(page: Page, path: str, name: str) -> None:
    page.goto(path)
    page.screenshot(path=FOLDER / f"{name}.png")


def shoot_records(browser: Browser) -> None:
    """The monthly record: its form, the review of one, who has filed, and the form on a phone."""
    for size, name in ((DESK, "desk-record"), (PHONE, "phone-record")):
        page = signed_in(browser, STATION, size)
        follow(page, "/records/?state=to-fill", "main a[href$='/edit/'] >> nth=-1", name)
    desk = signed_in(browser, DISTRICT, DESK)
    follow(desk, "/records/review/", "main tbody a[href^='/records/']", "desk-review")
    shoot(signed_in(browser, AUTHORITY, DESK), "/records/board/", "desk-board")


def follow(page: Page, path: str, link: str, name: str) -> None:
    """The page behind the first such link."""
    page.goto(path)
    address = page.locator(link).first.get_attribute("href")
    shoot(page, address or path, name)


def paper(page: Page) -> bytes:
    """The newest report of the district; it orders one where there is none."""
    page.goto("/reports/")
    if not page.locator("a[href$='file.pdf'], tbody a[href*='/reports/']").count():
        order(page)
    page.goto("/reports/")
    page.locator("tbody a[href*='/reports/']").first.click()
    address = page.locator("a[href$='file.pdf']").first.get_attribute("href")
    return page.context.request.get(f"{ADDRESS}{address}").body()


def order(page: Page) -> None:
    page.goto("/reports/new/")
    page.locator("main form [type=submit], main form button").last.click()
    page.locator("main form[method=post] button").first.click()
    page.locator("main a[href*='/reports/']").first.wait_for(timeout=120_000)


def draw(content: bytes, name: str) -> None:
    """The first page as a picture."""
    command = ["pdftoppm", "-png", "-r", "80", "-singlefile", "-", str(FOLDER / name)]
    subprocess.run(command, input=content, check=True)


if __name__ == "__main__":
    main()
