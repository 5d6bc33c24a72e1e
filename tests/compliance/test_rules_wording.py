from datetime import date

import pytest
from django.utils import translation

from compliance.findings import Evidence, SubjectKind
from compliance.packs import load_pack
from compliance.rules import judge
from compliance.rules.shapes import Term
from compliance.shares import Share
from compliance.wording import COUNTS_AS, KINDS, STATUSES, percent, sentence, shortfall
from tests.compliance.rule_cases import (
    CITY,
    NANSHA,
    START,
    YEAR_1,
    YEAR_2,
    YEAR_3,
    bound_with,
    certified_finding,
    coverage,
    everything,
    people,
    station,
    street,
)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("rule", "on", "staff", "said", "missing"),
    [
        (
            "CERT-01", YEAR_1, people(10, 0, 10),
            "持证 10 人，在岗社工 20 人，占 50.0%；要求不低于 1/2（至少 10 人）。",
            "",
        ),
        (
            "CERT-03", YEAR_3, people(10, 0, 10),
            "持证 10 人，在岗社工 20 人，占 50.0%；要求不低于 2/3（至少 14 人）。",
            "再有 4 名在岗社工取得证书，或新聘 10 名持证社工。",
        ),
        (
            "CERT-01", YEAR_1, people(1, 1, 2),
            "持证 1 人，在岗社工 4 人，占 25.0%；要求不低于 1/2（至少 2 人）。"
            "另有 1 人的证书待核验，全部通过后为 2/4，达到要求。",
            "再有 1 名在岗社工取得证书，或新聘 2 名持证社工。",
        ),
        (
            "CERT-01", START, people(0, 0, 1),
            "持证 0 人，在岗社工 1 人，占 0.0%；要求不低于 1/2（至少 1 人）。"
            "项目刚开始，2023年7月1日及以前不判不符合。",
            "再有 1 名在岗社工取得证书，或新聘 1 名持证社工。",
        ),
        ("CERT-01", YEAR_1, (), "项目没有在岗社工，无法计算持证比例。", ""),
        ("CERT-01", YEAR_2, (), "项目处于第 2 年，本条款只适用于第 1 年。", ""),
        ("CERT-03", YEAR_2, (), "项目处于第 2 年，本条款从第 3 年起适用。", ""),
    ],
)  # fmt: skip
def test_a_certified_share_in_words(rule, on, staff, said, missing):
    finding = certified_finding(rule, staff, on)

    assert (sentence(finding), shortfall(finding)) == (said, missing)


def test_people_of_two_projects_in_words():
    finding = certified_finding("CERT-01", people(2), YEAR_1, others=[Term("P2", START, 3)])

    assert sentence(finding) == (
        "社工站同时有两个在期项目，2 名社工的任职没有写明项目编号，无法计算持证比例。"
    )


def test_where_hiring_mends_nothing_only_one_way_is_told():
    bound = bound_with("CERT-01", floor=Share(1, 1))
    finding = certified_finding("CERT-01", people(1, 0, 1), YEAR_1, bound=bound)

    assert shortfall(finding) == "再有 1 名在岗社工取得证书。"


@pytest.mark.parametrize(
    ("stations", "said", "missing"),
    [
        ([station("A"), station("B")], "有 2 个运营中的社工站。", ""),
        (
            [station("A", date(2024, 3, 1))],
            "没有运营中的社工站，筹建中的社工站将于2024年3月1日启用。",
            "至少有 1 个社工站投入运营。",
        ),
        ([], "没有运营中的社工站。", "至少有 1 个社工站投入运营。"),
    ],
)
def test_a_streets_coverage_in_words(stations, said, missing):
    finding = coverage([street("S1", *stations)])[("S1", "街S1")]

    assert (sentence(finding), shortfall(finding)) == (said, missing)


def test_an_areas_coverage_in_words():
    findings = coverage(
        [street("S1", station("A")), street("S2"), street("S3", station("B"))], districts=[NANSHA]
    )

    city, empty = findings[(CITY.code, CITY.name)], findings[(NANSHA.code, NANSHA.name)]
    assert sentence(city) == ("应覆盖镇街 3 个，有运营中社工站的 2 个，占 66.6%；要求至少 3 个。")
    assert shortfall(city) == "再有 1 个镇街的社工站投入运营。"
    assert (sentence(empty), shortfall(empty)) == ("范围内没有计入覆盖率的镇街。", "")


def test_a_share_of_nothing_is_not_zero():
    assert percent(Share(0, 0)) == "—"


def test_every_status_kind_and_count_has_a_word():
    findings = judge(everything(), load_pack("guangzhou-2023").bindings)

    counted = {row.counts_as for finding in findings for row in finding.evidence}
    assert {finding.status for finding in findings} < STATUSES.keys()
    assert KINDS.keys() == set(SubjectKind)
    assert counted == COUNTS_AS.keys()
    assert COUNTS_AS[Evidence(SubjectKind.AREA, "1").counts_as] == ""
