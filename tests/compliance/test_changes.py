"""Since the last run: newly failing and mended; and who sees verdicts on people."""

from datetime import date

import pytest
import time_machine

from compliance import actions
from compliance.changes import changes_of, previous
from compliance.models import RunFinding
from supervision.models import Assignment
from tenancy.models import User
from tests.compliance.ledgers import YEAR_1, YEAR_2, YEAR_3, fengyang
from tests.factories import StationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(tenant):
    return User.objects.system(tenant)


def run_of(area, on, by, **options):
    return actions.evaluate(area=area, on=on, by=by, **options)


def test_what_became_broken_and_what_no_longer_is(root, by, official):
    district, street, station = fengyang(root)
    StationFactory(street=street)
    Assignment.objects.all().update(ends_on=YEAR_2)
    first = run_of(root, YEAR_2, by)
    type(street).objects.filter(pk=street.pk).update(counts_for_coverage=False)
    third = run_of(root, YEAR_3, by)

    found = changes_of(third, official)

    assert found.since == first
    assert ("CERT-03", "project", "440105-2023-01996") in found.failing
    people = {one for one in found.failing if one[0] == "SUP-02"}
    assert len(people) == 20
    assert found.mended == []
    Assignment.objects.all().update(ends_on=None)
    again = changes_of(run_of(root, YEAR_3, by), official)
    assert (set(again.mended), again.failing) == (people, [])


def test_the_first_run_follows_none(root, by, official):
    fengyang(root)

    found = changes_of(run_of(root, YEAR_3, by), official)

    assert (found.since, found.mended) == (None, [])
    assert found.failing == [("CERT-03", "project", "440105-2023-01996")]


def test_the_run_before_is_of_the_same_area_and_pack_and_not_of_a_later_day(root, by):
    district, *_ = fengyang(root)
    earlier = run_of(root, YEAR_1, by)
    run_of(root, YEAR_3, by)
    run_of(district, YEAR_1, by)
    run_of(root, YEAR_1, by, pack_id="handan")
    same_day = run_of(root, YEAR_2, by)

    assert previous(same_day) == earlier
    with time_machine.travel(date(2030, 1, 1), tick=False):
        assert previous(run_of(root, YEAR_2, by)) == same_day


def test_verdicts_on_people_are_for_those_who_may_see_people(root, by):
    *_, station = fengyang(root)
    Assignment.objects.all().delete()
    run = run_of(root, YEAR_3, by)
    finance = UserFactory(role="city_finance", area=root)
    head = UserFactory(role="station_head", area=station.area)

    def people(user):
        return RunFinding.objects.visible_to(user).filter(kind="worker").count()

    assert (people(finance), people(head)) == (0, 20)
    assert RunFinding.objects.visible_to(finance).filter(rule="CERT-03").exists()
    assert not [one for one in changes_of(run, finance).failing if one[1] == "worker"]
