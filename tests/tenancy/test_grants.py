"""Grants follow the roles, also when a new version gives a role other verbs."""

import pytest
from django.db.models import F

from tenancy.actions.appointments import renew_grants
from tenancy.models import Appointment, AreaGrant, User
from tenancy.permissions import ROLES, Permission, Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(tenant):
    return User.objects.system(tenant)


def verbs_of(user):
    return {*AreaGrant.objects.filter(user=user).values_list("permission__codename", flat=True)}


def test_a_missing_verb_is_granted(root, system):
    user = UserFactory(role="city_finance", area=root)
    AreaGrant.objects.filter(user=user, permission__codename=Permission.VIEW_PROJECT).delete()

    assert renew_grants(by=system) == 1
    assert verbs_of(user) == ROLES[Role.CITY_FINANCE].verbs


def test_a_verb_the_role_no_longer_has_is_taken_back(root, system):
    user = UserFactory(role="city_authority", area=root)
    Appointment.objects.filter(user=user).update(role=Role.CITY_FINANCE)

    renew_grants(by=system)

    assert verbs_of(user) == ROLES[Role.CITY_FINANCE].verbs


def test_what_is_in_order_stays(root, system):
    UserFactory(role="city_finance", area=root)

    assert renew_grants(by=system) == 0


def test_an_ended_office_gets_nothing(root, system):
    user = UserFactory(role="city_finance", area=root)
    Appointment.objects.filter(user=user).update(ended_at=F("appointed_at"), ended_by=system.pk)
    AreaGrant.objects.filter(user=user).delete()

    assert renew_grants(by=system) == 0
