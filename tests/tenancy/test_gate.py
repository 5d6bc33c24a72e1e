import pytest

from tenancy.context import AnotherTenantIsActive, NoTenant, tenant_context
from tenancy.models import Area
from tenancy.permissions import Permission
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory, UserFactory

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
