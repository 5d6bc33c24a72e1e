import pytest
from django.test import RequestFactory

from tenancy.display import switch_text_size


def switch(**data):
    return switch_text_size(RequestFactory().post("/text-size/", data))


def test_large_type_is_kept_and_the_page_returned_to():
    response = switch(size="large", next="/areas/?q=1")

    assert response.url == "/areas/?q=1"
    assert response.cookies["text_size"].value == "large"
    assert response.cookies["text_size"]["httponly"]


def test_normal_type_forgets_it():
    assert switch(size="normal", next="/").cookies["text_size"]["max-age"] == 0


@pytest.mark.parametrize("next_url", ["https://example.com/", "//example.com", "javascript:x"])
def test_it_never_leads_away(next_url):
    assert switch(size="large", next=next_url).url == "/"


def test_only_a_post_switches():
    assert switch_text_size(RequestFactory().get("/text-size/")).status_code == 405
