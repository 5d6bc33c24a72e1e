"""A part of a page that breaks, and what stands beside it."""

import pytest
from django.db import connection

from dashboard.panels import panels
from dashboard.pictures import Picture

pytestmark = pytest.mark.django_db
TEMPLATE = "dashboard/_picture.html"


def sound():
    return {"picture": Picture("在岗", "", "", ("区划", "人"), [("一街", "3")])}


def refused():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def parts(*contents):
    return panels(*((TEMPLATE, one) for one in contents))


def test_of_several_only_the_broken_one_is_missing():
    first, second, third = parts(sound, refused, sound)

    assert "显示不了" in second
    assert "在岗" in first
    assert "在岗" in third
    with connection.cursor() as cursor:  # the transaction is usable
        cursor.execute("SELECT 1")


def test_nothing_to_show_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(2):  # a savepoint and its release, for both
        assert parts(lambda: None, sound)[0] == ""
