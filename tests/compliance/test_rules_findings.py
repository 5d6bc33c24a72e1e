import json
from dataclasses import replace
from decimal import Decimal

import pytest

from compliance.findings import (
    Adjustment,
    Finding,
    Quantity,
    Shortfall,
    Status,
    Subject,
    SubjectKind,
    count_by_status,
)
from compliance.packs import load_pack
from compliance.rules import RULES, judge
from compliance.rules.shapes import Facts
from compliance.shares import Share
from compliance.wording import TITLES, sentence, shortfall
from tests.compliance.rule_cases import (
    CITY,
    YEAR_1,
    binding,
    everything,
    people,
    project,
    street,
)

HIRING = Shortfall(people=1, by_hiring=2)


def _finding(**values: object) -> Finding:
    given = {
        "rule": "CERT-01",
        "pack": "guangzhou-2023",
        "clause": "certified-share-year-1",
        "inferred": False,
        "subject": Subject(SubjectKind.PROJECT, "P1", "项目P1"),
        "status": Status.NOT_MET,
    }
    return Finding(**(given | values))


def test_the_published_shape():
    facts = Facts(YEAR_1, CITY, projects=(project(people(certified=0, without=2)),))

    (finding,) = RULES["CERT-01"].judge(facts, binding("CERT-01"))

    assert list(finding.as_json()) == [
        "rule", "pack", "clause", "inferred", "subject", "status",
        "measured", "required", "shortfall", "evidence",
    ]  # fmt: skip
    assert finding.as_json() == {
        "rule": "CERT-01",
        "pack": "guangzhou-2023",
        "clause": "certified-share-year-1",
        "inferred": False,
        "subject": {"kind": "project", "code": "P1", "name": "项目P1"},
        "status": "not_met",
        "measured": {"num": 0, "den": 2},
        "required": {"num": 1, "den": 2},
        "shortfall": {"people": 1, "by_hiring": 2},
        "evidence": [{"kind": "worker", "code": "W000"}, {"kind": "worker", "code": "W001"}],
    }


@pytest.mark.parametrize(
    ("quantity", "published"),
    [
        (None, None),
        (3, 3),
        (Share(10, 20), {"num": 10, "den": 20}),
        (Decimal("2400000.00"), "2400000.00"),
        (Decimal("17.5"), "17.5"),
    ],
)
def test_quantities_are_published_as_counted(quantity: Quantity | None, published):
    assert _finding(measured=quantity).as_json()["measured"] == published


@pytest.mark.parametrize(
    ("shortfall", "published"),
    [
        (None, None),
        (HIRING, {"people": 1, "by_hiring": 2}),
        (Shortfall(people=0), {"people": 0}),
        (Shortfall(yuan=Decimal("0.5")), {"yuan": "0.50"}),
        (Shortfall(hours=Decimal("0.5")), {"hours": "0.5"}),
        (Shortfall(streets=3), {"streets": 3}),
    ],
)
def test_a_shortfall_says_only_what_is_missing(shortfall, published):
    assert _finding(shortfall=shortfall).as_json()["shortfall"] == published


@pytest.mark.parametrize(
    ("measured", "required", "shortfall"),
    [
        (Share(10, 20), Share(1, 2), HIRING),
        (0, 1, Shortfall(streets=1)),
        (Decimal("1.00"), Decimal("2.00"), Shortfall(yuan=Decimal("1.00"))),
        (None, None, None),
    ],
)
def test_a_stored_finding_comes_back_the_same(measured, required, shortfall):
    finding = _finding(
        measured=measured, required=required, shortfall=shortfall, details={"year": 1}
    )

    stored = json.loads(json.dumps([finding.as_record(), finding.evidence_as_record()]))

    assert Finding.from_record(*stored) == finding


def test_findings_of_every_rule_survive_storing():
    findings = judge(everything(), load_pack("guangzhou-2023").bindings)

    stored = json.loads(
        json.dumps([[one.as_record(), one.evidence_as_record()] for one in findings])
    )
    assert [Finding.from_record(*row) for row in stored] == findings
    assert {finding.rule for finding in findings} == RULES.keys()


def test_an_override_survives_storing_and_is_not_published():
    finding = _finding(adjustments=(Adjustment("floor", "2/3", "海珠区", "海民〔2024〕3号"),))

    stored = json.loads(json.dumps(finding.as_record()))

    assert Finding.from_record(stored) == finding
    assert "adjustments" not in finding.as_json()


def test_findings_are_ordered_by_rule_kind_and_code():
    facts = Facts(
        YEAR_1,
        CITY,
        streets=(street("S2"), street("S1")),
        projects=(project(code="P2"), project(code="P1")),
    )

    findings = judge(facts, [binding("COV-01"), binding("CERT-03"), binding("CERT-01")])

    assert [finding.identity for finding in findings] == [
        ("CERT-01", "project", "P1"),
        ("CERT-01", "project", "P2"),
        ("CERT-03", "project", "P1"),
        ("CERT-03", "project", "P2"),
        ("COV-01", "area", "440100000000"),
        ("COV-01", "area", "S1"),
        ("COV-01", "area", "S2"),
    ]


def test_every_status_is_counted_zeros_too():
    assert count_by_status([_finding(), _finding(status=Status.MET), _finding()]) == {
        "met": 1,
        "watch": 0,
        "not_met": 2,
        "not_applicable": 0,
        "no_data": 0,
        "waived": 0,
    }


@pytest.mark.parametrize(
    ("measured", "required", "formula"),
    [
        (Share(10, 20), Share(1, 2), "2 × 10 ≥ 20"),
        (Share(10, 20), Share(2, 3), "3 × 10 < 2 × 20"),
        (Share(175, 176), Share(1, 1), "175 < 176"),
        (2, 1, "2 ≥ 1"),
        (0, 1, "0 < 1"),
        (None, Share(1, 2), ""),
    ],
)
def test_the_formula_with_the_cases_numbers(measured, required, formula):
    assert _finding(measured=measured, required=required).formula == formula


@pytest.mark.parametrize(
    ("details", "measured", "share"),
    [
        ({"pending": 2}, Share(1, 9), Share(3, 9)),
        ({"pending": 0}, Share(1, 9), None),
        ({}, Share(1, 9), None),
        ({"pending": 2}, None, None),
    ],
)
def test_the_share_if_all_were_verified(details, measured, share):
    assert _finding(details=details, measured=measured).if_verified == share


def test_a_share_of_nothing_reaches_nothing_and_lacks_nothing():
    assert not Share(0, 0).reaches(Share(1, 2))
    assert (Share(0, 0).lacking(Share(1, 2)), Share(0, 0).per_mille()) == (0, None)
    assert Share(1, 1).lacking_by_growth(Share(1, 2)) == 0


def test_a_share_below_its_floor_never_looks_as_if_it_reached_it():
    assert Share(1999, 4000).per_mille() == 499


def test_the_order_does_not_depend_on_that_of_the_facts_or_bindings():
    facts, bindings = everything(), load_pack("guangzhou-2023").bindings
    turned = replace(
        facts,
        projects=facts.projects[::-1],
        stations=facts.stations[::-1],
        streets=facts.streets[::-1],
    )

    assert judge(turned, bindings[::-1]) == judge(facts, bindings)


def test_every_rule_has_a_title_and_a_sentence():
    judged = judge(everything(), load_pack("guangzhou-2023").bindings)

    assert TITLES.keys() == RULES.keys()
    assert {finding.rule for finding in judged if sentence(finding)} == RULES.keys()


def test_every_shortfall_is_told():
    judged = judge(everything(), load_pack("guangzhou-2023").bindings)

    assert all(shortfall(finding).endswith("。") for finding in judged if finding.shortfall)


def test_names_of_kinds_are_those_published():
    judged = judge(everything(), load_pack("guangzhou-2023").bindings)

    kinds = {row.kind for one in judged for row in (one.subject, *one.evidence)}
    assert kinds == {"area", "project", "contract", "post", "station", "point", "worker", "record"}
    assert {RULES[one.rule].subject for one in judged} == {one.subject.kind for one in judged}
