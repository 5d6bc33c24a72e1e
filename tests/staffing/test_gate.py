"""A person is visible wherever a placement has not ended, else at home and to the employer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffing.models import Certificate, Placement, Worker
from tenancy.models import Appointment
from tests.factories import (
    AreaFactory,
    CertificateFactory,
    OrganisationFactory,
    PlacementFactory,
    PostFactory,
    StationFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(root):
    return AreaFactory(level="district", parent=root)


@pytest.fixture
def streets(district):
    return AreaFactory(parent=district), AreaFactory(parent=district)


@pytest.fixture
def posts(streets):
    return [PostFactory(station=StationFactory(street=street)) for street in streets]


@pytest.fixture
def officers(streets):
    return [UserFactory(role="street_office", area=street) for street in streets]


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def test_a_person_with_two_stations_is_visible_at_both_and_once(posts, officers, root):
    worker = PlacementFactory(post=posts[0], share="0.5").worker
    PlacementFactory(post=posts[1], worker=worker, share="0.5")

    for user in (*officers, UserFactory(role="city_authority", area=root)):
        assert [*Worker.objects.visible_to(user)] == [worker]


def test_an_ended_placement_shows_nobody_any_more(posts, officers):
    worker = PlacementFactory(post=posts[0], ends_on=yesterday()).worker
    PlacementFactory(post=posts[1], worker=worker)

    assert not Worker.objects.visible_to(officers[0]).exists()
    assert Worker.objects.visible_to(officers[1]).exists()


def test_the_last_day_of_a_placement_still_shows(posts, officers):
    PlacementFactory(post=posts[0], ends_on=timezone.localdate())

    assert Worker.objects.visible_to(officers[0]).exists()


def test_a_placement_to_come_shows_already(posts, officers):
    PlacementFactory(post=posts[0], starts_on=timezone.localdate() + timedelta(days=30))

    assert Worker.objects.visible_to(officers[0]).exists()


def test_somebody_without_placement_is_visible_at_home_only(posts, officers, district):
    worker = PlacementFactory(post=posts[0], ends_on=yesterday()).worker
    Worker.objects.filter(pk=worker.pk).update(home=district)
    authority = UserFactory(role="district_authority", area=district)
    other = UserFactory(role="district_authority", area=AreaFactory(parent=district.parent))

    assert Worker.objects.visible_to(authority).exists()
    for user in (*officers, other):
        assert not Worker.objects.visible_to(user).exists()


def test_somebody_who_is_placed_is_not_visible_at_home(posts, district, root):
    elsewhere = AreaFactory(level="district", parent=root)
    PlacementFactory(post=posts[0], worker=WorkerFactory(home=elsewhere))
    user = UserFactory(role="district_authority", area=elsewhere)

    assert not Worker.objects.visible_to(user).exists()


def test_the_employers_managers_see_their_own_unplaced_people(posts, district):
    employer = OrganisationFactory(area=district)
    own = WorkerFactory(home=district, employer=employer)
    WorkerFactory(home=district, employer=OrganisationFactory(area=district))
    manager = UserFactory(role="operator", area=posts[0].station.area)
    Appointment.objects.filter(user=manager).update(organisation=employer)

    assert [*Worker.objects.visible_to(manager)] == [own]


def test_certificates_and_placements_are_visible_with_their_place(posts, officers):
    worker = PlacementFactory(post=posts[0]).worker
    CertificateFactory(worker=worker)

    seen, unseen = officers
    for model in (Certificate, Placement):
        assert model.objects.visible_to(seen).count() == 1
        assert not model.objects.visible_to(unseen).exists()
        assert model.objects.below(posts[0].station.area.path).count() == 1
        assert not model.objects.below(posts[1].station.area.path).exists()


def test_a_placement_is_active_within_all_three_periods(posts):
    today = timezone.localdate()
    PlacementFactory(post=posts[0])
    assert Placement.objects.active(today).count() == 1

    Worker.objects.update(left_on=today)
    assert Placement.objects.active(today).count() == 1
    assert not Placement.objects.active(today + timedelta(days=1)).exists()


def test_a_worker_holds_a_post_once_at_a_time(posts):
    placement = PlacementFactory(post=posts[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(post=posts[0], worker=placement.worker, starts_on=yesterday())


@pytest.mark.parametrize("share", ["0", "1.0001", "-0.5"])
def test_a_share_is_above_0_and_up_to_1(posts, share):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(post=posts[0], share=share)
