"""SUP-01 and SUP-02: the centre and who is supervised."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Evidence, Reason, Status, SubjectKind
from compliance.rules import RULES
from compliance.rules.shapes import (
    AssignmentFacts,
    CentreFacts,
    Elsewhere,
    Facts,
    PersonFacts,
    SupervisionFacts,
    SupervisorFacts,
    SupervisorNature,
)
from tests.compliance.rule_cases import CITY, LONG_AGO, YEAR_1, binding, placed, staff, station

DAY = timedelta(days=1)
BEFORE, AFTER = YEAR_1 - DAY, YEAR_1 + DAY
CENTRE = CentreFacts("中心", LONG_AGO, YEAR_1)
OVER = CentreFacts("旧中心", LONG_AGO, BEFORE)


def supervisor(nature, centre="", ends_on=None, starts_on=LONG_AGO):
    return SupervisorFacts(f"DD-{nature}", SupervisorNature(nature), starts_on, ends_on, centre)


MANAGER, FULL_TIME = supervisor("manager"), supervisor("full_time")


def centre_finding(centres, supervisors, *, is_root=True):
    supervision = SupervisionFacts(tuple(centres), tuple(supervisors))
    facts = Facts(YEAR_1, CITY, supervision=supervision, is_root=is_root)
    (finding,) = RULES["SUP-01"].judge(facts, binding("SUP-01"))
    return finding


@pytest.mark.parametrize(
    ("centres", "supervisors", "fulfilled"),
    [
        ([CENTRE], [MANAGER, FULL_TIME], 3),
        ([CENTRE], [MANAGER], 2),
        ([CENTRE], [supervisor("external"), FULL_TIME], 2),
        ([OVER], [MANAGER, FULL_TIME], 2),
        ([], [], 0),
        ([CENTRE], [supervisor("manager", ends_on=YEAR_1), FULL_TIME], 3),
        ([CENTRE], [supervisor("manager", ends_on=BEFORE), FULL_TIME], 2),
        ([CENTRE], [supervisor("manager", starts_on=AFTER), FULL_TIME], 2),
        ([CENTRE, OVER], [supervisor("manager", "中心"), supervisor("full_time", "旧中心")], 2),
        ([CENTRE], [supervisor("manager", "中心"), supervisor("full_time", "中心")], 3),
    ],
)
def test_a_centre_with_its_people(centres, supervisors, fulfilled):
    finding = centre_finding(centres, supervisors)

    assert (finding.measured, finding.required) == (fulfilled, 3)
    assert finding.status is (Status.MET if fulfilled == 3 else Status.NOT_MET)
    assert finding.subject.code == CITY.code


def test_a_smaller_scope_need_not_have_a_centre():
    finding = centre_finding([CENTRE], [MANAGER, FULL_TIME], is_root=False)

    assert (finding.status, finding.reason) == (Status.NOT_APPLICABLE, Reason.NOT_ROOT)


def supervised(*stations, assignments=(), elsewhere=()):
    supervision = SupervisionFacts(assignments=tuple(assignments), elsewhere=tuple(elsewhere))
    facts = Facts(YEAR_1, CITY, stations=stations, supervision=supervision)
    return {one.subject.code: one for one in RULES["SUP-02"].judge(facts, binding("SUP-02"))}


def working(code, *persons):
    rows = [
        one if not isinstance(one, str) else placed(PersonFacts(one, name="王*")) for one in persons
    ]
    return station(code, staff=staff(*rows))


def to(station="", worker="", ends_on=None, starts_on=LONG_AGO):
    return AssignmentFacts("DD1", starts_on, ends_on, station, worker)


@pytest.mark.parametrize(
    ("assignments", "measured"),
    [
        ([], 0),
        ([to("Z1")], 1),
        ([to(worker="W1")], 1),
        ([to("Z1"), to(worker="W1")], 2),
        ([to("Z2"), to(worker="W2")], 0),
        ([to("Z1", ends_on=YEAR_1)], 1),
        ([to("Z1", ends_on=BEFORE)], 0),
        ([to("Z1", starts_on=AFTER)], 0),
    ],
)
def test_an_assignment_to_the_person_or_to_the_station(assignments, measured):
    finding = supervised(working("Z1", "W1"), assignments=assignments)["W1"]

    assert (finding.measured, finding.required) == (measured, 1)
    assert finding.status is (Status.MET if measured else Status.NOT_MET)
    assert finding.subject.as_json() == {"kind": "worker", "code": "W1", "name": "王*"}
    assert finding.evidence == (Evidence(SubjectKind.STATION, "Z1", "site"),)


def test_everybody_on_post_is_asked_for_whatever_the_channel():
    crowd = [PersonFacts("W1", purchased=False), PersonFacts("W2", is_social_worker=False)]

    assert set(supervised(working("Z1", *map(placed, crowd)))) == {"W1", "W2"}


@pytest.mark.parametrize(("ends_on", "asked"), [(YEAR_1, True), (BEFORE, False)])
def test_who_left_the_day_before_is_not_asked_for(ends_on, asked):
    found = supervised(working("Z1", placed(PersonFacts("W1"), LONG_AGO, ends_on)))

    assert ("W1" in found) is asked


def test_any_of_several_stations_is_enough():
    stations = working("Z1", "W1"), working("Z2", "W1")

    finding = supervised(*stations, assignments=[to("Z2")])["W1"]

    assert (finding.status, [row.code for row in finding.evidence]) == (Status.MET, ["Z1", "Z2"])


def test_a_station_outside_the_scope_is_enough_too():
    finding = supervised(
        working("Z1", "W1"), assignments=[to("Z9")], elsewhere=[Elsewhere("W1", "Z9")]
    )["W1"]

    assert finding.status is Status.MET


def test_who_works_outside_the_scope_only_is_not_asked_for():
    found = supervised(working("Z1", "W1"), elsewhere=[Elsewhere("W2", "Z9")])

    assert set(found) == {"W1"}


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_exactly_those_without_assignment_are_found(people, assigned):
    found = supervised(
        working("Z1", *(f"W{n}" for n in people)),
        assignments=[to(worker=f"W{n}") for n in assigned],
    )

    broken = {code for code, one in found.items() if one.status is Status.NOT_MET}
    assert broken == {f"W{n}" for n in people - assigned}
