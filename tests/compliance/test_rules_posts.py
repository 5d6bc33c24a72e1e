"""COV-04, POST-01, POST-02, POST-03: points and posts at their stations."""

from datetime import timedelta

import pytest

from compliance.findings import Evidence, Reason, Status, SubjectKind
from compliance.rules import RULES
from compliance.rules.shapes import CommunityFacts, Facts, PointFacts, PostFacts, PostKind
from compliance.shares import Share
from tests.compliance.rule_cases import CITY, LONG_AGO, YEAR_1, binding, station

DAY = timedelta(days=1)


def judged(rule, *stations, on=YEAR_1):
    return RULES[rule].judge(Facts(on, CITY, stations=stations), binding(rule))


def post(kind, point="", code="G1", **dates):
    return PostFacts(code, f"岗位{code}", PostKind(kind), LONG_AGO, point=point, **dates)


def point(*inside, **dates):
    communities = tuple(CommunityFacts(f"44010501500{n}", one) for n, one in enumerate(inside))
    return PointFacts("D1", "一号点", LONG_AGO, communities=communities, **dates)


@pytest.mark.parametrize(
    ("rule", "kind", "at", "status"),
    [
        ("POST-01", "admin", "", Status.MET),
        ("POST-01", "admin", "D1", Status.NOT_MET),
        ("POST-02", "service", "D1", Status.MET),
        ("POST-02", "service", "", Status.NOT_MET),
    ],
)
def test_where_a_post_sits(rule, kind, at, status):
    (finding,) = judged(rule, station("Z1", posts=(post(kind, at),)))

    assert (finding.status, finding.measured, finding.required) == (status, None, None)
    assert finding.subject.as_json() == {"kind": "post", "code": "G1", "name": "岗位G1"}
    site = (SubjectKind.POINT, "D1") if at else (SubjectKind.STATION, "Z1")
    assert finding.evidence == (Evidence(*site, "site"),)


def test_each_rule_looks_at_its_own_kind():
    posts = (post("admin"), post("service", "D1", "G2"))

    assert [one.subject.code for one in judged("POST-01", station("Z1", posts=posts))] == ["G1"]
    assert [one.subject.code for one in judged("POST-02", station("Z1", posts=posts))] == ["G2"]


@pytest.mark.parametrize(
    ("dates", "there"),
    [({"abolished_on": YEAR_1}, True), ({"abolished_on": YEAR_1 - DAY}, False)],
)
@pytest.mark.parametrize("rule", ["POST-01", "POST-03"])
def test_a_post_counts_until_its_last_day(rule, dates, there):
    (finding, *_) = judged(rule, station("Z1", posts=(post("admin", **dates),))) or [None]

    if rule == "POST-01":
        assert (finding is not None) is there
    else:
        assert finding.measured == there


def test_a_post_that_is_set_up_later_is_not_there_yet():
    later = PostFacts("G1", "", PostKind.ADMIN, YEAR_1 + DAY)

    assert judged("POST-01", station("Z1", posts=(later,))) == []


@pytest.mark.parametrize(
    ("posts", "measured", "status"),
    [
        ((), 0, Status.WATCH),
        ((post("admin"),), 1, Status.WATCH),
        ((post("service"), post("service", code="G2")), 1, Status.WATCH),
        ((post("admin"), post("service", "D1", "G2")), 2, Status.MET),
    ],
)
def test_a_station_has_both_kinds(posts, measured, status):
    (finding,) = judged("POST-03", station("Z1", posts=posts))

    assert (finding.measured, finding.required, finding.status) == (measured, 2, status)


@pytest.mark.parametrize(
    "dates",
    [{"closed_on": YEAR_1}, {"opened_on": YEAR_1 + DAY}, {"suspended_from": YEAR_1}],
)
def test_only_an_operating_station_must_have_both(dates):
    assert judged("POST-03", station("Z1", **dates)) == []


def test_posts_of_a_suspended_station_are_still_judged():
    idle = station("Z1", suspended_from=YEAR_1, posts=(post("admin", "D1"),))

    assert [one.status for one in judged("POST-01", idle)] == [Status.NOT_MET]


@pytest.mark.parametrize(
    ("inside", "status"),
    [
        ((True,), Status.MET),
        ((True, True, True), Status.MET),
        ((True, False, True), Status.NOT_MET),
        ((False,), Status.NOT_MET),
    ],
)
def test_a_point_serves_its_own_street(inside, status):
    (finding,) = judged("COV-04", station("Z1", points=(point(*inside),)))

    assert (finding.status, finding.required) == (status, Share(1, 1))
    assert finding.measured == Share(sum(inside), len(inside))
    foreign = [row.code for row in finding.evidence if row.kind is SubjectKind.AREA]
    assert foreign == [f"44010501500{n}" for n, one in enumerate(inside) if not one]
    assert finding.evidence[-1] == Evidence(SubjectKind.STATION, "Z1", "responsible")


def test_a_point_that_names_no_community_is_no_pass():
    (finding,) = judged("COV-04", station("Z1", points=(point(),)))

    assert (finding.status, finding.reason) == (Status.NO_DATA, Reason.NO_COMMUNITIES)
    assert finding.measured == Share(0, 0)


@pytest.mark.parametrize(
    ("dates", "judged_at_all"),
    [({"closed_on": YEAR_1 + DAY}, 1), ({"closed_on": YEAR_1}, 0)],
)
def test_a_point_is_judged_while_it_is_open(dates, judged_at_all):
    assert len(judged("COV-04", station("Z1", points=(point(True, **dates),)))) == judged_at_all
