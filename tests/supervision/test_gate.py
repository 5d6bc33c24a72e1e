"""Supervisors are visible at home and wherever they are assigned; assignments at their targets."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supervision.models import Assignment, SupervisionCentre, Supervisor
from tests.factories import (
    AreaFactory,
    AssignmentFactory,
    PlacementFactory,
    PostFactory,
    StationFactory,
    SupervisionCentreFactory,
    SupervisorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets(root):
    return AreaFactory(parent=root), AreaFactory(parent=root)


@pytest.fixture
def officers(streets):
    return [UserFactory(role="street_office", area=street) for street in streets]


def seen(model, *users):
    return [model.objects.visible_to(user).count() for user in users]


def test_a_station_s_street_sees_the_assignment_and_the_supervisor(root, streets, officers):
    supervisor = SupervisorFactory(home=root)
    AssignmentFactory(supervisor=supervisor, station=StationFactory(street=streets[0]))

    assert seen(Assignment, *officers) == [1, 0]
    assert seen(Supervisor, *officers) == [1, 0]


def test_a_person_s_street_sees_the_assignment(root, streets, officers):
    post = PostFactory(station=StationFactory(street=streets[1]))
    worker = PlacementFactory(post=post).worker
    AssignmentFactory(supervisor=SupervisorFactory(home=root), worker=worker, station=None)

    assert seen(Assignment, *officers) == [0, 1]
    assert seen(Supervisor, *officers) == [0, 1]


def test_an_ended_assignment_shows_the_supervisor_no_longer(root, streets, officers):
    yesterday = timezone.localdate() - timedelta(days=1)
    AssignmentFactory(
        supervisor=SupervisorFactory(home=root),
        station=StationFactory(street=streets[0]),
        ends_on=yesterday,
    )

    assert seen(Supervisor, *officers) == [0, 0]


def test_the_city_and_the_centre_see_all(root, streets, official):
    SupervisionCentreFactory(area=root)
    AssignmentFactory(
        supervisor=SupervisorFactory(home=root), station=StationFactory(street=streets[0])
    )
    centre = UserFactory(role="supervision_centre", area=root)

    for model in (Assignment, Supervisor, SupervisionCentre):
        assert seen(model, official, centre) == [1, 1]


def test_finance_sees_nobody(root):
    SupervisorFactory(home=root)

    assert seen(Supervisor, UserFactory(role="city_finance", area=root)) == [0]
