"""Which stations, points and posts exist on a day; the first and last days to the day."""

from datetime import date, timedelta

import pytest

from compliance.rules.shapes import StationFacts
from stations.models import Point, Post, Station
from tests.factories import AreaFactory, PointFactory, PostFactory, StationFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
LIVES = [
    {"opened_on": DAY},
    {"opened_on": AFTER},
    {"opened_on": BEFORE, "closed_on": DAY},
    {"opened_on": BEFORE, "closed_on": AFTER},
    {"opened_on": BEFORE, "suspended_from": DAY},
    {"opened_on": BEFORE, "suspended_from": AFTER},
    {"opened_on": BEFORE, "suspended_from": BEFORE, "suspended_to": DAY},
    {"opened_on": BEFORE, "suspended_from": BEFORE, "suspended_to": BEFORE},
    {"opened_on": AFTER, "closed_on": AFTER},
    {"opened_on": AFTER, "closed_on": AFTER + timedelta(days=1)},
]


@pytest.mark.parametrize("life", LIVES, ids=str)
def test_the_query_and_the_rule_agree_on_what_operates(root, life):
    StationFactory(street=AreaFactory(parent=root), **life)
    facts = StationFacts("ZD", **life)

    assert Station.objects.operating(DAY).exists() == facts.operates(DAY)
    assert Station.objects.preparing(DAY).exists() == facts.opens_later(DAY)


def test_a_point_is_shut_on_the_day_it_closes(root):
    street = AreaFactory(parent=root)
    PointFactory(station=StationFactory(street=street), opened_on=BEFORE, closed_on=DAY)

    assert Point.objects.open(BEFORE).exists()
    assert not Point.objects.open(DAY).exists()


def test_a_post_still_exists_on_its_last_day(root):
    street = AreaFactory(parent=root)
    PostFactory(station=StationFactory(street=street), set_on=BEFORE, abolished_on=DAY)

    assert Post.objects.existing(DAY).exists()
    assert not Post.objects.existing(AFTER).exists()
