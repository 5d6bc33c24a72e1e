from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.utils import translation

from compliance.findings import Adjustment, Evidence, SubjectKind
from compliance.packs import load_pack
from compliance.rules import RULES, judge
from compliance.rules.shapes import ContractFacts, OpeningFacts, Term
from compliance.shares import Share
from compliance.wording import (
    COUNTS_AS,
    KINDS,
    STATUSES,
    adjustments,
    formula,
    percent,
    sentence,
    shortfall,
)
from tests.compliance.rule_cases import (
    CITY,
    NANSHA,
    START,
    YEAR_1,
    YEAR_2,
    YEAR_3,
    binding,
    bound_with,
    certified_finding,
    coverage,
    everything,
    finding_of,
    people,
    project,
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


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("COV-04", "覆盖的 1 个村居中，1 个不在社工站所在镇街。"),
        ("POST-01", "事务性岗位设在社工站。"),
        ("POST-02", "服务性岗位设在社工点。"),
        ("POST-03", "有事务性岗位 1 个、服务性岗位 1 个；要求两类岗位都有。"),
        (
            "POST-05",
            "购买服务渠道在岗 3 人，按工作量折合 3 名；约定 20 名。2023年11月1日已经缺员。",
        ),
        (
            "POST-06",
            "年度预算 2,400,000.00 元；约定 20 名，按每名每年 120,000.00 元需要 2,400,000.00 元。",
        ),
        (
            "POST-07",
            "没有登记总额；年度预算 2,400,000.00 元 × 3 年 = 7,200,000.00 元。",
        ),
        ("CERT-02", "项目处于第 1 年，本条款从第 2 年起适用。"),
        ("CERT-04", "项目处于第 1 年，本条款只适用于第 2 年。"),
        (
            "SUP-01",
            "在期的督导中心 0 个，管理人员 0 名，专职督导 0 名；要求三项都有。",
        ),
        ("HRS-01", "第 1 个项目年度还没有结束。"),
        (
            "HRS-03",
            "本项目年度已接收 1 个月，服务工时 8 小时；"
            "年度最低 1,200 小时，按天数折算的 9/10 为 91.48 小时。",
        ),
        (
            "REP-01",
            "过去一年应报月报 3 份，按期报送 1 份，迟报 1 份，未报 1 份；要求都按期报送。",
        ),
        ("REP-03", "最近十二个月中有汇总的 2 个月，与已接收月报一致的 1 个。不一致：2023-08。"),
        ("SUP-02", "本人和所在社工站都没有在期的督导安排。"),
        ("PROC-02", "年度合同之间共有 365 天没有合同。"),
        (
            "PROC-03",
            "中标通知2023年6月1日，合同签订2023年6月1日，相隔 0 天；要求不超过 30 天。",
        ),
        ("PROC-04", "补充金额 0.00 元，合同金额 1.00 元；要求不超过 0.10 元。"),
    ],
)
def test_each_rule_in_words(rule, said):
    finding = RULES[rule].judge(everything(), binding(rule))[0]

    assert sentence(finding) == said


def test_a_share_that_must_rise_in_words():
    opening = OpeningFacts(1, 2, 4)
    finding = certified_finding("CERT-02", people(1, 0, 1), YEAR_2, openings=(opening,))

    assert sentence(finding) == (
        "持证 1 人，在岗社工 2 人，占 50.0%；"
        "上一年度最后一天（2024年5月31日）的期初持证数为 2/4，占 50.0%。"
        "与上一年度持平，2025年5月31日前应当提高。"
    )
    assert formula(finding) == "1 × 4 = 2 × 2"


def test_money_that_is_missing_in_words():
    project_of = partial(project, (), annual_budget=Decimal("2399999.50"))
    short = finding_of("POST-06", project_of(price_claimed=Decimal("103000.00")), YEAR_1)
    few = finding_of("POST-06", project_of(agreed_heads=17), YEAR_1)

    assert sentence(short).endswith("台账所填经费标准 103,000.00 元与此不同，不作依据。")
    assert shortfall(short) == "少 0.50 元。"
    assert sentence(few) == "按每名每年 120,000.00 元，年度预算够配备 19 名，约定 17 名。"
    assert shortfall(few) == "再约定 2 名。"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2023, 11, 1), "还有 30 天；应提前 60 天签订下一年度合同。"),
        (date(2023, 12, 3), "已过 2 天，项目还没有结束。"),
    ],
)
def test_a_contract_that_runs_out_in_words(on, said):
    first = ContractFacts(1, START, YEAR_1, Decimal(1))
    finding = finding_of("PROC-02", project((), contracts=(first,)), on)

    assert sentence(finding) == f"最后一份年度合同2023年12月1日到期，{said}"


def test_a_day_is_spelled_in_the_language_of_the_reader():
    first = ContractFacts(1, START, YEAR_1, Decimal(1))
    finding = finding_of("PROC-02", project((), contracts=(first,)), date(2023, 12, 3))

    with translation.override("en"):
        assert "1 Dec 2023" in sentence(finding)


def test_an_override_in_words():
    bound = bound_with("CERT-01", floor=Share(2, 3))
    changed = replace(
        bound.settings["floor"], adjustment=Adjustment("floor", "2/3", "海珠区", "海民〔2024〕3号")
    )
    bound = replace(bound, settings={**bound.settings, "floor": changed})

    finding = certified_finding("CERT-01", people(2, 0, 1), YEAR_1, bound=bound)

    assert adjustments(finding) == "海珠区按海民〔2024〕3号调整参数为 2/3。"
    assert adjustments(certified_finding("CERT-01", people(1), YEAR_1)) == ""
