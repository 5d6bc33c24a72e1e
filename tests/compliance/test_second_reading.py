"""Random cities, imported and judged, against a second reading of the published definitions."""

from datetime import date

import pytest

from compliance.assessment import assess, chosen_pack
from filings.models import AreaMonth
from stations.models import Station
from tests.compliance.random_city import RandomCity, Tree
from tests.compliance.records import keep
from tests.compliance.second_reading_records import Reading
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 11, 27), date(2026, 2, 28), date(2028, 2, 29), date(2025, 3, 1)]
# What the definitions leave to the page is not compared.
ONLY_STATUS = {"COV-04", "POST-01", "POST-02", "PROC-04"}
MORE = [pytest.param(seed, marks=pytest.mark.full) for seed in range(6, 60)]


def judged(city_book, root, on):
    """The published verdicts by rule, kind and code."""
    found = assess(root, on, chosen_pack(root.tenant, on)).as_json(root.tenant)
    return {
        (one["rule"], one["subject"]["kind"], one["subject"]["code"]): one
        for one in found["findings"]
    }


def differences(ours, theirs):
    for key in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            yield key, one, other
            continue
        compared = ["status"] if key[0] in ONLY_STATUS else ["status", "shortfall"]
        if other["status"] in ("met", "watch", "not_met") and key[0] not in ONLY_STATUS:
            compared += ["measured", "required"]
        pair = [{name: side[name] for name in compared} for side in (one, other)]
        if pair[0] != pair[1]:
            yield key, *pair


def report(city, root):
    """Store the records of the city, and what is kept of them."""
    by = (
        UserFactory(area=root, role="city_authority"),
        UserFactory(area=root, role="city_authority"),
    )
    stations = {station.code: station for station in Station.objects.all()}
    for row in city.records:
        days = {"filed_on": row["报送"], "accepted_on": row["接收"], "due_on": row["应报"]}
        keep(stations[row["站"]], row["月"], hours=row["工时"], by=by, **days)
    AreaMonth.objects.bulk_create(
        AreaMonth(
            area=root,
            month=row["月"],
            due=99,
            filed=99,
            accepted=row["份"],
            figures={"hours": row["工时"]},
        )
        for row in city.totals
    )


@pytest.mark.parametrize("seed", [*range(6), *MORE])
def test_two_readers_compute_the_same(city_book, root, seed):
    on = DAYS[seed % len(DAYS)]
    city = RandomCity(seed, on)
    city_book.rows = city.as_sheets()
    assert city_book.apply().applied, city_book.check().errors

    report(city, root)

    theirs = Reading(city, Tree(), on).all()
    ours = judged(city_book, root, on)

    assert list(differences(ours, theirs)) == []
