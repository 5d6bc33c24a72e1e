"""The newest figures of many areas at once."""

from datetime import date

import pytest

from compliance import actions
from compliance.shares import Share
from compliance.summary import summaries
from tenancy.models import User
from tests.compliance.ledgers import YEAR_1, YEAR_3, fengyang, staffed
from tests.factories import AreaFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def judged(area, on=YEAR_3, pack_id=""):
    by = User.objects.system(area.tenant_id)
    return actions.evaluate(area=area, on=on, by=by, pack_id=pack_id)


def test_each_area_has_its_shares_and_words(root, official):
    district, street, station = fengyang(root)
    bare = AreaFactory(level="district", parent=root)
    AreaFactory(parent=bare)
    judged(root)

    found = summaries([root, district, bare, station.area], official)

    assert found[district.pk].coverage == Share(1, 1)
    assert found[district.pk].coverage_status == "met"
    assert found[district.pk].certified == Share(10, 20)
    assert found[district.pk].certified_status == "not_met"
    assert found[district.pk].people_missing == 4
    assert found[root.pk].coverage == Share(1, 2)
    assert found[root.pk].streets_missing == 1
    assert (found[root.pk].counts["not_met"], found[root.pk].counts["watch"]) == (4, 1)
    assert found[root.pk].problems == 5
    assert (found[bare.pk].certified, found[bare.pk].certified_status) == (Share(0, 0), "")
    assert (found[station.area_id].coverage_status, found[station.area_id].on) == ("", YEAR_3)


def test_an_earlier_day_has_the_earlier_run(root, official):
    fengyang(root)
    judged(root, YEAR_1)
    judged(root, YEAR_3)

    assert summaries([root], official)[root.pk].certified_status == "not_met"
    assert summaries([root], official, YEAR_1)[root.pk].certified_status == "met"
    assert summaries([root], official, date(2023, 6, 1)) == {}


def test_trials_under_another_pack_do_not_count(root, official):
    fengyang(root)
    first = judged(root)
    judged(root, pack_id="national-law")

    assert summaries([root], official)[root.pk].run_id == first.pk


def test_places_beyond_reach_are_left_out(root):
    district, street, _station = fengyang(root)
    judged(root)
    user = UserFactory(role="street_office", area=street)

    assert set(summaries([root, district, street], user)) == {street.pk}


def test_many_areas_cost_as_many_queries_as_one(root, official, django_assert_num_queries):
    streets = [AreaFactory(parent=root) for _index in range(30)]
    for index, street in enumerate(streets):
        staffed(street, certified=1, number=f"P-{index}")
    judged(root)
    summaries([root], official)

    with django_assert_num_queries(1):
        assert len(summaries([root, *streets], official)) == 31
