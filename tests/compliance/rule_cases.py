"""Facts and bindings for the tests of rules."""

from datetime import date

from compliance.packs import load_pack
from compliance.rules import RULES, judge
from compliance.rules.shapes import (
    AreaFacts,
    CertificateFacts,
    CertificateLevel,
    Facts,
    PersonFacts,
    ProjectFacts,
    StationFacts,
    StreetFacts,
    Verification,
)

CITY = AreaFacts("440100000000", "广州市")
HAIZHU = AreaFacts("440105000000", "海珠区")
NANSHA = AreaFacts("440115000000", "南沙区")
START = date(2023, 6, 1)
YEAR_1, YEAR_2, YEAR_3 = date(2023, 12, 1), date(2024, 12, 1), date(2025, 12, 1)


def binding(rule, pack="guangzhou-2023"):
    return next(one for one in load_pack(pack).bindings if one.rule == rule)


def certificate(
    verification="verified", obtained_on=date(2020, 1, 1), level="assistant", until=None
):
    return CertificateFacts(CertificateLevel(level), Verification(verification), obtained_on, until)


def people(certified=0, pending=0, without=0):
    kinds = ["verified"] * certified + ["pending"] * pending + [None] * without
    return tuple(
        PersonFacts(f"W{index:03}", (certificate(kind),) if kind else ())
        for index, kind in enumerate(kinds)
    )


def project(staff=(), *, starts_on=START, years=3, code="P1", unassigned=()):
    return ProjectFacts(code, f"项目{code}", starts_on, years, tuple(staff), tuple(unassigned))


def certified_finding(rule, staff, on, *, bound=None, **kwargs):
    facts = Facts(on, CITY, projects=(project(staff, **kwargs),))
    (finding,) = RULES[rule].judge(facts, bound or binding(rule))
    return finding


def station(code, opened_on=date(2020, 1, 1), **dates):
    return StationFacts(code, opened_on, **dates)


def street(code, *stations, district=HAIZHU):
    return StreetFacts(code, f"街{code}", district and district.code, tuple(stations))


def coverage(streets, *, on=YEAR_1, scope=CITY, districts=(), pack="guangzhou-2023"):
    facts = Facts(on, scope, tuple(districts), tuple(streets))
    return {
        (finding.subject.code, finding.subject.name): finding
        for finding in judge(facts, [binding("COV-01", pack)])
    }
