"""Random cities, imported and judged, against a second reading of the published definitions."""

from datetime import date

import pytest

from compliance.assessment import assess, chosen_pack
from tests.compliance.random_city import RandomCity, Tree
from tests.compliance.second_reading_projects import Reading

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


@pytest.mark.parametrize("seed", [*range(6), *MORE])
def test_two_readers_compute_the_same(city_book, root, seed):
    on = DAYS[seed % len(DAYS)]
    city = RandomCity(seed, on)
    city_book.rows = city.as_sheets()
    assert city_book.apply().applied, city_book.check().errors

    ours, theirs = judged(city_book, root, on), Reading(city.rows, Tree(), on).all()

    assert list(differences(ours, theirs)) == []
