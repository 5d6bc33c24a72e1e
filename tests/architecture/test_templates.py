"""Each template is used by somebody, and nobody asks for one that is not there."""

import re
from functools import cache

from tests.architecture.house import APPS, ROOT, python_files, templates

# Django asks for these by name.
FOUND_BY_DJANGO = re.compile(r"^(\d{3}(_csrf)?|django/forms/.+)\.html$")
NAME = re.compile(r"""["']([\w/-]+\.(?:html|css|svg|txt))["']""")
# A name with a hole, filled in by the code.
PATTERN = re.compile(r"""f["']([\w/-]*\{[^"']+\}[\w/-]*\.html)["']""")


def own_name(path):
    return str(path).rsplit("/templates/", 1)[1]


@cache
def texts():
    code = python_files("config", "bench", *APPS)
    return [path.read_text() for path in (*code, *templates())]


@cache
def asked_for():
    return {name for text in texts() for name in NAME.findall(text)}


def is_composed(name):
    """Whether code puts the name together from a word that it writes down elsewhere."""
    everything = "".join(texts())
    for hollow in set(PATTERN.findall(everything)):
        before, after = hollow.split("{")[0], hollow.split("}")[-1]
        word = name.removeprefix(before).removesuffix(after)
        if name == before + word + after and f'"{word}"' in everything:
            return True
    return False


def is_used(name):
    return FOUND_BY_DJANGO.match(name) or name in asked_for() or is_composed(name)


def test_every_template_is_used():
    assert [own_name(path) for path in templates() if not is_used(own_name(path))] == []


def test_every_template_asked_for_exists():
    present = {own_name(path) for path in templates()}
    pages = {name for name in asked_for() if name.endswith(".html")}
    missing = {name for name in pages if name not in present and not name.startswith("django/")}

    assert {name for name in missing if not (ROOT / "static" / name).exists()} == set()


def test_an_unused_template_would_be_found():
    assert not is_used("tenancy/nobody_asks_for_this.html")
