"""The page of the look shows every piece there is."""

import pytest
from django.utils import translation

from tenancy.templatetags import look
from tests.architecture.house import ROOT

pytestmark = pytest.mark.django_db
FOLDER = ROOT / "templates"
COMPONENTS = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("_components/*.html")}
OF_PLACES = {
    f"dashboard/_{name}.html"
    for name in ("as_of", "cartogram", "day", "first_steps", "paper_button", "picture", "todos")
}


@pytest.fixture(params=["zh-hans", "en"])
def shown(request, client_of, official):
    look._status_word.cache_clear()  # words kept from another page would not be drawn again
    client = client_of(official)
    client.cookies["django_language"] = request.param
    with translation.override(request.param):
        return client.get("/system/style/")


def test_every_piece_is_shown(shown):
    used = {template.name for template in shown.templates}

    assert (COMPONENTS | OF_PLACES) - used == set()


def test_pieces_are_shown_in_their_states(shown):
    html = shown.content.decode()

    for edge in ("note ok", "note warn", "note bad"):
        assert f'class="{edge}' in html
    assert html.count('class="day ') == 3
    assert html.count('class="chart"') == 7
    assert html.count('class="gap"') == 1
