"""Placing people: what the rows together may not say."""

from datetime import date, timedelta

import pytest

from staffing import actions
from staffing.models import Placement
from tenancy.audit import append_pending
from tenancy.models import AuditEvent
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    PlacementFactory,
    PostFactory,
    ProjectFactory,
    StationFactory,
    WorkerFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


@pytest.fixture
def street(root):
    return AreaFactory(parent=AreaFactory(level="district", parent=root))


@pytest.fixture
def posts(street):
    station = StationFactory(street=street)
    return [PostFactory(station=station) for _ in range(2)]


@pytest.fixture
def worker(root):
    return WorkerFactory(home=root)


def planned(worker, post, share="1", **dates):
    return Placement(worker=worker, post=post, share=share, **({"starts_on": DAY} | dates))


def place(placement, by):
    placement.clean_fields()
    return actions.place(placement=placement, by=by)


def test_a_placed_worker_is_at_home_above_the_street_and_in_the_audit(
    posts, worker, street, official
):
    place(planned(worker, posts[0]), official)

    worker.refresh_from_db()
    assert worker.home == street.parent
    append_pending()
    assert AuditEvent.objects.filter(verb="place-worker").exists()


def test_an_older_placement_does_not_move_the_home(posts, worker, street, root, official):
    place(planned(worker, posts[0], "0.5"), official)
    elsewhere = AreaFactory(parent=AreaFactory(level="district", parent=root))
    old = PostFactory(station=StationFactory(street=elsewhere))

    place(planned(worker, old, "0.5", starts_on=DAY - timedelta(days=9)), official)

    worker.refresh_from_db()
    assert worker.home == street.parent


def test_shares_add_up_to_the_whole_person_and_no_further(posts, worker, official):
    place(planned(worker, posts[0], "0.6"), official)
    place(planned(worker, posts[1], "0.4"), official)
    extra = PostFactory(station=posts[0].station)

    with pytest.raises(actions.MoreThanAWholePerson):
        place(planned(worker, extra, "0.0001"), official)


def test_a_changed_placement_is_not_weighed_against_its_former_self(posts, worker, official):
    placement = place(planned(worker, posts[0]), official)
    placement.ends_on = DAY

    place(placement, official)

    assert Placement.objects.get().ends_on == DAY


def test_a_post_is_not_held_twice_at_once(posts, worker, official):
    PlacementFactory(worker=worker, post=posts[0], share="0.1")

    with pytest.raises(actions.HoldsThePost):
        place(planned(worker, posts[0], "0.1"), official)


def test_only_the_stations_own_projects_may_be_named(posts, worker, street, official):
    operator = OrganisationFactory(area=street)
    own = ProjectFactory(station=posts[0].station, operator=operator)
    foreign = ProjectFactory(station=StationFactory(street=street), operator=operator)

    for number in (foreign.number, "P-unknown"):
        with pytest.raises(actions.NotThisStationsProject):
            place(planned(worker, posts[0], project_code=number), official)
    place(planned(worker, posts[0], project_code=own.number), official)
