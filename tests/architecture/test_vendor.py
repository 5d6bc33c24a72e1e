import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from dashboard.navigation import ITEMS
from tenancy.templatetags.look import STATUSES

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = tomllib.loads((ROOT / "static/vendor/vendor.toml").read_text())["package"]
HASHES = {path: digest for package in PACKAGES for path, digest in package["sha256"].items()}
SHIPPED = sorted(
    path
    for folder in ("static", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".css", ".js", ".html", ".svg"}
)
OWN_SIZES = {"static/app.css": 10, "static/app.js": 6, "static/icons.svg": 15}

# A licence banner and an XML namespace name a host without asking it for anything.
BANNER = re.compile(r"/\*!.*?\*/", re.DOTALL)
NAMESPACE = re.compile(r"http://www\.w3\.org/[\w/]+")
HOST = re.compile(r"""(?:https?:|["'(=\s])//[a-z0-9-]+\.[a-z]{2,}""", re.IGNORECASE)
TOO_NEW = (":has(", "color-mix(", "oklch", "light-dark(", "@layer", "@container", "subgrid")


def names_a_host(text: str) -> bool:
    return bool(HOST.search(NAMESPACE.sub("", BANNER.sub("", text))))


@pytest.mark.parametrize("path", HASHES)
def test_vendored_file_is_the_recorded_one(path):
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == HASHES[path]


def test_every_vendored_file_is_recorded():
    found = {
        str(path.relative_to(ROOT))
        for folder in ("static/vendor", "compliance/fonts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name != "vendor.toml"
    }

    assert found == set(HASHES)


def test_every_package_brings_its_licence_text():
    for package in PACKAGES:
        assert any("LICENSE" in path or "OFL" in path for path in package["sha256"])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_shipped_file_names_an_outside_host(path):
    text = path.read_text()
    if path.name == "bootstrap.bundle.min.js":
        # Popper's documentation is named in the text of one console warning.
        text = text.replace("https://github.com/floating-ui/popper-docs", "")

    assert not names_a_host(text)
    assert "sourceMappingURL" not in text


@pytest.mark.parametrize(
    "text",
    [
        '<script src="//cdn.example.com/x.js">',
        "@import url(https://fonts.example.org/css)",
        'fetch("http://example.com")',
    ],
)
def test_an_outside_host_would_be_seen(text):
    assert names_a_host(text)


@pytest.mark.parametrize("path", [p for p in SHIPPED if p.suffix == ".css"], ids=lambda p: p.name)
def test_stylesheets_stay_within_old_chromium(path):
    text = path.read_text()

    assert [feature for feature in TOO_NEW if feature in text] == []
    assert not re.search(r"[{;]\s*&", text), "nested rules"


def test_own_script_stays_within_old_chromium():
    text = (ROOT / "static/app.js").read_text()

    assert not re.search(r"\?\?=|\|\|=|&&=|^\s*await |^import ", text, re.MULTILINE)


@pytest.mark.parametrize("path", OWN_SIZES)
def test_own_files_stay_small(path):
    assert (ROOT / path).stat().st_size <= OWN_SIZES[path] * 1024


@pytest.mark.parametrize(
    "path", [p for p in SHIPPED if p.suffix == ".html"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_templates_hold_no_inline_style_or_script(path):
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_the_sprite_holds_the_icons_that_are_used_and_no_other():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    written = {
        name
        for path in SHIPPED
        if path.suffix == ".html"
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }

    assert written
    assert sprite == written | {item.icon for item in ITEMS} | {
        look.icon for look in STATUSES.values()
    }
