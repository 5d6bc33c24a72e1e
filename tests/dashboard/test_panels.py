"""A part of a page that breaks, and what stands beside it."""

import pytest
from django.db import connection

from dashboard.panels import panel, panels
from dashboard.pictures import Picture

pytestmark = pytest.mark.django_db
TEMPLATE = "dashboard/_picture.html"


def sound():
    return {"picture": Picture("在岗", "", "", ("区划", "人"), [("一街", "3")])}


def refused():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_a_broken_panel_leaves_the_transaction_usable():
    assert "显示不了" in panel(TEMPLATE, refused)
    assert "在岗" in panel(TEMPLATE, sound)


def test_of_several_only_the_broken_one_is_missing():
    first, second, third = panels(TEMPLATE, [sound, refused, sound])

    assert "显示不了" in second
    assert "在岗" in first
    assert "在岗" in third
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_nothing_to_show_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(2):  # a savepoint and its release, for both
        assert panels(TEMPLATE, [lambda: None, sound])[0] == ""
