from datetime import date, timedelta

import pytest
from django.utils import timezone

from tenancy import audit, versions
from tenancy.actions import areas
from tenancy.actions.areas import Renewal, change_area, merge_area, replace_area
from tenancy.areas.news import areas_replaced
from tenancy.models import Appointment, Area, AreaGrant, AuditEvent, User
from tenancy.permissions import Permission
from tests.factories import AreaFactory, OrganisationFactory, UserFactory, appointed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ON = TODAY - timedelta(days=10)


@pytest.fixture
def by(tenant):
    return User.objects.system(tenant)


@pytest.fixture
def districts(root):
    return [AreaFactory(level="district", parent=root) for _ in range(2)]


@pytest.fixture
def street(districts):
    return AreaFactory(parent=districts[0], name="丛台东街道", aliases=["丛东"])


@pytest.fixture
def communities(street):
    return [AreaFactory(level="community", parent=street) for _ in range(3)]


def moved(street, parent, by, **changes):
    renewal = Renewal(**{"name": street.name, "code": street.code, "parent": parent} | changes)
    return replace_area(area=street, renewal=renewal, on=ON, by=by)


def test_a_correction_counts_up_the_version_and_finds_by_alias(street, by):
    change_area(area=street, seen=1, changes={"name": "丛台街道", "aliases": ["丛东街道"]}, by=by)

    street.refresh_from_db()
    assert (street.name, street.version) == ("丛台街道", 2)
    assert street.sort_name.startswith("cong2 tai2")
    assert Area.objects.matching("丛东街道").get() == street
    audit.append_pending()
    assert AuditEvent.objects.get(verb="change-area").detail == {"fields": ["aliases", "name"]}


def test_a_stale_correction_writes_nothing(street, by):
    change_area(area=street, seen=1, changes={"name": "甲街道"}, by=by)

    with pytest.raises(versions.Stale):
        change_area(area=street, seen=1, changes={"name": "乙街道"}, by=by)

    street.refresh_from_db()
    assert street.name == "甲街道"


def test_a_move_closes_the_rows_and_opens_them_under_the_new_parent(
    street, communities, districts, by
):
    successor = moved(street, districts[1], by)

    street.refresh_from_db()
    assert (street.valid_to, street.successor) == (ON - timedelta(days=1), successor)
    assert (successor.valid_from, successor.parent) == (ON, districts[1])
    assert successor.path.startswith(districts[1].path)
    assert (successor.code, successor.counts_for_coverage) == (street.code, True)
    for old in Area.objects.filter(pk__in=[area.pk for area in communities]):
        new = old.successor
        assert (old.valid_to, new.parent, new.code) == (street.valid_to, successor, old.code)
        assert new.path == f"{successor.path}{old.code}/"


def test_each_day_sees_its_own_tree(street, communities, districts, by):
    before = ON - timedelta(days=1)
    moved(street, districts[1], by)

    def below(district, on):
        rows = Area.objects.below(district.path).in_force(on).exclude(pk=district.pk)
        return {*rows.values_list("code", flat=True)}

    codes = {street.code, *(area.code for area in communities)}
    assert (below(districts[0], before), below(districts[1], before)) == (codes, set())
    assert (below(districts[0], ON), below(districts[1], ON)) == (set(), codes)


def test_old_rows_keep_their_paths(street, districts, by):
    path = street.path
    moved(street, districts[1], by)

    street.refresh_from_db()
    assert street.path == path


def test_a_recoded_area_keeps_its_place_and_its_old_name_as_alias(street, districts, by):
    successor = moved(street, districts[0], by, name="丛台街道", code="440105099000")

    assert successor.path == f"{districts[0].path}440105099000/"
    assert successor.aliases == ["丛东", "丛台东街道"]
    assert Area.objects.matching("丛台东街道").in_force(TODAY).get() == successor


def test_a_renamed_area_gets_a_path_of_its_own(street, districts, by):
    successor = moved(street, districts[0], by, name="丛台街道")

    assert successor.path == f"{districts[0].path}{street.code}-2/"


def test_people_and_organisations_go_along(street, communities, districts, by):
    officer = UserFactory(role="street_office", area=street)
    clerk = UserFactory(role="community_committee", area=communities[0])
    operator = OrganisationFactory(area=street)
    past = UserFactory(role="worker", area=street)
    Appointment.objects.filter(user=past).update(
        starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)
    )

    successor = moved(street, districts[1], by)

    fresh = User.objects.get(pk=officer.pk)
    assert fresh.paths_where(Permission.VIEW_STATION) == (successor.path,)
    assert {*Area.objects.visible_to(fresh)} == {*Area.objects.below(successor.path)}
    assert clerk.appointments.get().area.parent == successor
    operator.refresh_from_db()
    assert operator.area == successor
    assert past.appointments.get().area == street


def children(area):
    return Area.objects.filter(parent=area).in_force(TODAY)


def test_a_merge_brings_children_and_people_into_the_other(street, communities, districts, by):
    into = AreaFactory(parent=districts[1])
    officer = UserFactory(role="street_office", area=street)
    double = UserFactory(role="street_office", area=street)
    appointed(double, "street_office", into)

    merge_area(area=street, into=into, on=ON, by=by)

    street.refresh_from_db()
    assert street.successor == into
    assert {area.code for area in children(into)} == {area.code for area in communities}
    assert officer.appointments.get().area == into
    assert double.appointments.filter(ended_at=None).get().area == into
    assert not AreaGrant.objects.filter(content_object=street).exists()


def test_the_apps_above_are_told_which_area_follows_which(street, communities, districts, by):
    heard = []

    def listen(sender, **news):
        heard.append(news)

    areas_replaced.connect(listen)
    try:
        successor = moved(street, districts[1], by)
    finally:
        areas_replaced.disconnect(listen)

    assert heard[0]["on"] == ON
    assert heard[0]["successors"][street.pk] == successor
    assert len(heard[0]["successors"]) == 1 + len(communities)


def test_a_second_move_starts_from_the_first(street, communities, districts, by):
    first = moved(street, districts[1], by)
    renewal = Renewal(name=first.name, code=first.code, parent=districts[0])
    second = replace_area(area=first, renewal=renewal, on=TODAY, by=by)

    assert second.path == f"{districts[0].path}{street.code}-2/"
    assert children(second).count() == len(communities)


@pytest.mark.parametrize(
    ("refusal", "where"),
    [
        (areas.WrongDay, "tomorrow"),
        (areas.WrongDay, "before it began"),
        (areas.WrongPlace, "root"),
        (areas.WrongPlace, "inside itself"),
        (areas.WrongPlace, "same level"),
        (areas.WrongPlace, "closed"),
        (areas.CodeTaken, "code of another"),
    ],
)
def test_impossible_moves_are_refused_and_leave_all_as_it_was(
    root, street, communities, districts, by, refusal, where
):
    other = AreaFactory(parent=districts[1])
    area, parent, on, code = street, districts[1], ON, street.code
    match where:
        case "tomorrow":
            on = TODAY + timedelta(days=1)
        case "before it began":
            Area.objects.filter(pk=communities[0].pk).update(valid_from=ON)
        case "root":
            area = root
        case "inside itself":
            parent = communities[0]
        case "same level":
            parent = other
        case "closed":
            Area.objects.filter(pk=street.pk).update(valid_to=ON)
        case "code of another":
            code = other.code
    before = [*Area.objects.order_by("pk").values()]

    with pytest.raises(refusal):
        replace_area(area=area, renewal=Renewal(area.name, code, parent), on=on, by=by)

    assert [*Area.objects.order_by("pk").values()] == before


def test_only_areas_of_one_level_merge(street, districts, by):
    with pytest.raises(areas.WrongPlace):
        merge_area(area=street, into=districts[1], on=ON, by=by)
    with pytest.raises(areas.WrongPlace):
        merge_area(area=street, into=street, on=ON, by=by)
