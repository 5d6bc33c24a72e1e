from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Evidence, Reason, Shortfall, Status, SubjectKind
from compliance.rules.shapes import AreaFacts
from compliance.shares import Share
from tests.compliance.rule_cases import CITY, HAIZHU, NANSHA, YEAR_1, coverage, station, street

DAY = timedelta(days=1)


def _only(stations, on=YEAR_1, pack="guangzhou-2023"):
    return coverage([street("S1", *stations)], on=on, pack=pack)[("S1", "街S1")]


def test_a_city_with_nested_districts():
    findings = coverage(
        [
            street("S1", station("A")),
            street("S2"),
            street("S3", station("B"), station("C"), district=NANSHA),
        ],
        districts=[HAIZHU, NANSHA],
    )

    statuses = {code: finding.status for (code, _), finding in findings.items()}
    assert statuses == {
        "440100000000": Status.NOT_MET,
        "440105000000": Status.NOT_MET,
        "440115000000": Status.MET,
        "S1": Status.MET,
        "S2": Status.NOT_MET,
        "S3": Status.MET,
    }
    city = findings[("440100000000", "广州市")]
    assert (city.measured, city.required) == (Share(2, 3), Share(1, 1))
    assert (city.shortfall, city.formula) == (Shortfall(streets=1), "2 < 3")
    assert city.evidence == (Evidence(SubjectKind.AREA, "S2", "uncovered"),)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({"opened_on": YEAR_1}, Status.MET),
        ({"opened_on": YEAR_1 + DAY}, Status.WATCH),
        ({"opened_on": None}, Status.NOT_MET),
        ({"closed_on": YEAR_1 + DAY}, Status.MET),
        ({"closed_on": YEAR_1}, Status.NOT_MET),
        ({"suspended_from": YEAR_1 + DAY}, Status.MET),
        ({"suspended_from": YEAR_1}, Status.NOT_MET),
        ({"suspended_from": YEAR_1 - DAY, "suspended_to": YEAR_1}, Status.NOT_MET),
        ({"suspended_from": YEAR_1 - DAY, "suspended_to": YEAR_1 - DAY}, Status.MET),
        ({"opened_on": YEAR_1 + DAY, "closed_on": YEAR_1 + 9 * DAY}, Status.WATCH),
        ({"opened_on": YEAR_1 + DAY, "closed_on": YEAR_1 + DAY}, Status.NOT_MET),
    ],
)
def test_a_street_with_one_station(dates, status):
    finding = _only([station("A", **dates)])

    assert (finding.status, finding.required) == (status, 1)
    assert finding.measured == (1 if status is Status.MET else 0)
    assert finding.shortfall == (None if status is Status.MET else Shortfall(streets=1))


def test_a_station_in_preparation_says_when_it_opens():
    later, sooner = station("A", date(2024, 5, 1)), station("B", date(2024, 3, 1))

    finding = _only([later, sooner])

    assert (finding.reason, finding.details) == (Reason.OPENING, {"opens_on": "2024-03-01"})
    assert [row.counts_as for row in finding.evidence] == ["opening", "opening"]


def test_one_operating_station_is_enough_beside_others():
    finding = _only([station("C", closed_on=YEAR_1), station("A"), station("B", YEAR_1 + DAY)])

    assert (finding.status, finding.measured, finding.reason) == (Status.MET, 1, Reason.NONE)
    assert [(row.code, row.counts_as) for row in finding.evidence] == [
        ("A", "operating"),
        ("B", "opening"),
        ("C", "not_operating"),
    ]


def test_a_station_in_preparation_does_not_cover_the_district():
    findings = coverage([street("S1", station("A", YEAR_1 + DAY))], districts=[HAIZHU])

    assert findings[("440105000000", "海珠区")].status is Status.NOT_MET
    assert findings[("S1", "街S1")].status is Status.WATCH


def test_no_street_that_counts_is_no_pass():
    findings = coverage([street("S1", station("A"))], districts=[HAIZHU, NANSHA])

    empty = findings[("440115000000", "南沙区")]
    assert (empty.status, empty.reason) == (Status.NOT_APPLICABLE, Reason.NO_STREETS)
    assert (empty.measured, empty.shortfall) == (Share(0, 0), None)
    assert coverage([])[("440100000000", "广州市")].status is Status.NOT_APPLICABLE


def test_a_street_as_scope_is_judged_once():
    findings = coverage([street("S1", station("A"))], scope=AreaFacts("S1", "街S1"))

    assert [finding.measured for finding in findings.values()] == [1]


def test_a_district_as_scope_is_judged_once():
    findings = coverage([street("S1", station("A"))], scope=HAIZHU)

    assert [finding.subject.code for finding in findings.values()] == ["440105000000", "S1"]


def test_a_city_without_districts_is_not_judged_again_as_its_pseudo_district():
    city, district = AreaFacts("441900000000", "东莞市"), AreaFacts("441900000000", "市辖区")

    findings = coverage([street("S1", district=district)], scope=city, districts=[district])

    assert list(findings) == [("441900000000", "东莞市"), ("S1", "街S1")]


def test_streets_without_a_district_count_for_the_scope():
    findings = coverage([street("S1", station("A"), district=None)], scope=CITY)

    assert findings[("440100000000", "广州市")].measured == Share(1, 1)


def test_an_inferred_coverage_is_never_broken_outright():
    findings = coverage([street("S1")], pack="handan")

    assert {finding.status for finding in findings.values()} == {Status.WATCH}
    assert all(finding.inferred for finding in findings.values())


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_the_districts_add_up_to_the_scope(covered):
    streets = [
        street(f"S{n}", *([station(f"A{n}")] if has else []), district=(HAIZHU, NANSHA)[n % 2])
        for n, has in enumerate(covered)
    ]

    findings = coverage(streets, districts=[HAIZHU, NANSHA])
    city, haizhu, nansha = (findings[(area.code, area.name)] for area in (CITY, HAIZHU, NANSHA))

    assert city.measured == Share(sum(covered), len(covered))
    assert haizhu.measured.num + nansha.measured.num == city.measured.num
    assert haizhu.measured.den + nansha.measured.den == city.measured.den
    assert (city.status is Status.MET) is all(covered)
