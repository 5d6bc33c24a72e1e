"""The number of stations that operate at a place, against the stations themselves."""

import random
from datetime import date, timedelta

import pytest

from stations.models import Station, StationCount
from stations.seating import resettle
from tenancy.models import Area
from tests.factories import AreaFactory, StationFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
DAYS = [DAY + timedelta(days=n) for n in range(-4, 12)]


class City:
    """Two districts of two streets, and what may happen to their stations."""

    def __init__(self, root, by):
        self.by, self.next = by, DAY
        self.districts = [AreaFactory(level="district", parent=root) for _ in range(2)]
        self.streets = [AreaFactory(parent=one) for one in self.districts for _ in range(2)]

    def open(self, chance):
        StationFactory(street=chance.choice(self.streets), opened_on=chance.choice(DAYS))

    def close(self, chance):
        """Not before it opened; as likely as not, it opens again."""
        for station in some(chance):
            later = [None, *(day for day in DAYS if day >= station.opened_on)]
            Station.objects.filter(pk=station.pk).update(closed_on=chance.choice(later))

    def suspend(self, chance):
        for station in some(chance):
            station.suspended_from = start = chance.choice(DAYS)
            station.suspended_to = chance.choice([None, start, start + timedelta(days=3)])
            station.save()

    def resume(self, chance):
        some(chance).update(suspended_from=None, suspended_to=None)

    def rename(self, chance):
        some(chance).update(name="改名")

    def move(self, chance):
        self.next += timedelta(days=1)
        moved = [*some(chance).select_related("area__parent")]
        for station in moved:
            station.street = chance.choice([one for one in self.streets if one != station.street])
        resettle(moved, self.next, self.by)

    def delete(self, chance):
        some(chance, most=1).delete()


def some(chance, most=3):
    keys = [*Station.objects.order_by("pk").values_list("pk", flat=True)]
    return Station.objects.filter(pk__in=chance.sample(keys, min(len(keys), most)))


def all_agree():
    """At every place and on every day: the sums of the turns, and the stations one by one."""
    places = [*Area.objects.values_list("path", flat=True)]
    turns = [*StationCount.objects.values_list("area__path", "day", "change")]
    for day in DAYS:
        operating = [*Station.objects.operating(day).values_list("area__path", flat=True)]
        counted = dict.fromkeys(places, 0)
        for place, turn, change in turns:
            counted[place] += change * (turn <= day)
        assert counted == {
            place: sum(path.startswith(place) for path in operating) for place in places
        }


STEPS = ("open", "open", "close", "suspend", "resume", "rename", "move", "delete")


@pytest.mark.parametrize("seed", range(6))
def test_the_counts_always_equal_the_stations(root, official, seed):
    chance, city = random.Random(seed), City(root, official)
    for _ in range(12):
        getattr(city, chance.choice(STEPS))(chance)
        all_agree()


def test_who_sees_one_street_counts_its_stations_only(root):
    streets = [AreaFactory(parent=root) for _ in range(2)]
    for street in streets:
        StationFactory(street=street)
    worker = UserFactory(role="street_office", area=streets[0])

    assert StationCount.objects.operating(worker, root.path, DAY) == 1
    assert StationCount.objects.operating(worker, streets[0].path, DAY) == 1
    assert StationCount.objects.operating(worker, streets[1].path, DAY) == 0


def test_who_may_not_see_stations_counts_none(root):
    StationFactory(street=AreaFactory(parent=root))

    assert StationCount.objects.operating(UserFactory(), root.path, DAY) == 0


def test_a_change_that_turns_nothing_writes_nothing(root):
    station = StationFactory(street=AreaFactory(parent=root))
    before = set(StationCount.objects.values_list("pk", "change"))
    StationCount.objects.all().delete()

    Station.objects.filter(pk=station.pk).update(name="改名", version=2)

    assert before
    assert not StationCount.objects.exists()
