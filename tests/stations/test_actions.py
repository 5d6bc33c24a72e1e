"""Opening and moving a station, and following its street."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from stations import actions
from stations.models import Point, PointCommunity, Station, StationSeat
from tenancy.actions.areas import Renewal, merge_area, replace_area
from tenancy.audit import append_pending
from tenancy.models import Area, AuditEvent
from tests.factories import AreaFactory, PointFactory, StationFactory, UserFactory, WorkerFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def district(root):
    return AreaFactory(level="district", parent=root)


@pytest.fixture
def street(district):
    return AreaFactory(parent=district)


def verbs():
    append_pending()
    return [*AuditEvent.objects.order_by("seq").values_list("verb", flat=True)]


def test_an_opened_station_stands_in_the_tree_and_in_the_audit(street, official):
    station = Station(code="S1", name="新站", mode="purchased", opened_on=DAY)

    actions.open_station(station=station, street=street, by=official)

    assert Station.objects.below(street.path).get() == station
    assert "open-station" in verbs()


def test_a_moved_station_leaves_its_past_behind(street, district, official):
    station, elsewhere = StationFactory(street=street), AreaFactory(parent=district)

    actions.move_station(station=station, street=elsewhere, on=DAY, by=official)

    assert Station.objects.get().street == elsewhere
    assert StationSeat.objects.in_force(DAY - timedelta(days=1)).get().street == street
    assert "move-station" in verbs()


def test_a_station_cannot_move_to_where_it_is(street, official):
    with pytest.raises(actions.SitsThere):
        actions.move_station(
            station=StationFactory(street=street), street=street, on=DAY, by=official
        )


def test_a_station_follows_its_street_to_another_district(street, district, root, official):
    station = StationFactory(street=street)
    head = UserFactory(role="station_head", area=station.area)
    renewal = Renewal(street.name, street.code, AreaFactory(level="district", parent=root))

    successor = replace_area(area=street, renewal=renewal, on=DAY, by=official)

    assert Station.objects.get().street == successor
    assert Station.objects.visible_to(head).exists()
    assert StationSeat.objects.in_force(DAY).get().street == successor
    assert StationSeat.objects.in_force(DAY - timedelta(days=1)).get().street == street


def test_points_cover_the_communities_that_follow(street, district, official):
    merged, kept = (AreaFactory(level="community", parent=street) for _ in range(2))
    point = PointFactory(station=StationFactory(street=street), communities=[merged, kept])

    merge_area(area=merged, into=kept, on=DAY, by=official)

    assert PointCommunity.objects.get().community == kept
    assert Point.objects.get() == point


def test_people_at_home_in_a_merged_district_are_at_home_in_the_other(district, root, official):
    worker, other = WorkerFactory(home=district), AreaFactory(level="district", parent=root)

    merge_area(area=district, into=other, on=timezone.localdate(), by=official)

    worker.refresh_from_db()
    assert worker.home == other
    assert Area.objects.get(pk=district.pk).successor == other
