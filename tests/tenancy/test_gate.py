import pytest
from guardian.shortcuts import get_objects_for_user
from hypothesis import given
from hypothesis import strategies as st

from tenancy.actions.appointments import appointable_roles
from tenancy.context import AnotherTenantIsActive, NoTenant, tenant_context
from tenancy.models import Area, AreaGrant
from tenancy.permissions import LEVELS, ROLES, Permission, Role, fits
from tenancy.scoping import outermost
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory, UserFactory, appointed

pytestmark = pytest.mark.django_db


def test_a_street_officer_sees_the_own_street_and_what_is_below(root):
    district = AreaFactory(level="district", parent=root)
    own, other = AreaFactory(parent=district), AreaFactory(parent=district)
    community = AreaFactory(level="community", parent=own)
    user = UserFactory(role="street_office", area=own)

    seen = Area.objects.visible_to(user)

    assert {*seen} == {own, community}
    assert other not in seen


def test_another_tenants_rows_do_not_exist(root):
    with suspended():
        foreign = TenantFactory()
        with tenant_context(foreign.pk):
            theirs = AreaFactory(code=root.code, level="city")

    assert not Area.objects.filter(pk=theirs.pk).exists()


def test_no_query_is_built_without_a_tenant():
    with suspended(), pytest.raises(NoTenant):
        Area.objects.all()


def test_another_tenant_is_not_opened_inside_a_context():
    with pytest.raises(AnotherTenantIsActive), tenant_context(TenantFactory().pk):
        pass


def test_a_verb_not_held_shows_nothing(root):
    user = UserFactory(role="community_committee", area=root)

    assert not Area.objects.visible_to(user, Permission.APPOINT).exists()


def test_many_places_are_seen_like_few(root):
    streets = AreaFactory.create_batch(20, parent=root)
    community = AreaFactory(level="community", parent=streets[3])
    user = UserFactory()
    for street in streets[:12]:
        appointed(user, "street_office", street)

    assert {*Area.objects.visible_to(user)} == {*streets[:12], community}
    assert {*Area.objects.below(streets[15].path)} == {streets[15]}


def test_a_grant_inside_another_is_merged(root):
    street = AreaFactory(parent=root)
    user = UserFactory(role="city_authority", area=root)
    appointed(user, "street_office", street)

    assert user.paths_where(Permission.VIEW_AREA) == (root.path,)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=8))
def test_outermost_paths_cover_the_same_and_do_not_overlap(places):
    paths = ["/".join(place) + "/" for place in places]

    kept = outermost(paths)

    assert all(any(path.startswith(outer) for outer in kept) for path in paths)
    assert not any(a != b and a.startswith(b) for a in kept for b in kept)


def test_grants_are_those_that_guardian_finds_on_areas(root):
    user = UserFactory(role="city_authority", area=root)
    verbs = ROLES[Role.CITY_AUTHORITY].verbs

    assert AreaGrant.objects.filter(user=user).count() == len(verbs)
    for verb in verbs:
        found = get_objects_for_user(
            user, verb.value, Area, use_groups=False, accept_global_perms=False
        )
        assert found.get() == root


@pytest.mark.parametrize(
    ("level", "offered"),
    [("district", "district_finance"), ("street", "street_office"), ("station", "worker")],
)
def test_roles_are_offered_where_they_have_business(root, level, offered):
    by = UserFactory(role="city_authority", area=root)
    levels = {role for role in LEVELS if fits(role, level)}

    roles = appointable_roles(by, AreaFactory(level=level, parent=root))

    assert offered in roles
    assert {role for role in roles if role in LEVELS} <= levels
    assert Role.CITY_FINANCE in appointable_roles(by, root)
