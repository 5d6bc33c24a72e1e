"""Facts and bindings for the tests of rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from compliance.packs import load_pack
from compliance.rules import RULES, judge
from compliance.rules.bindings import Setting
from compliance.rules.shapes import (
    AreaFacts,
    CertificateFacts,
    CertificateLevel,
    CommunityFacts,
    ContractFacts,
    Facts,
    PersonFacts,
    PlacementFacts,
    PointFacts,
    PostFacts,
    PostKind,
    ProjectFacts,
    RecordFacts,
    Staff,
    StationFacts,
    StreetFacts,
    Term,
    TotalFacts,
    Verification,
)

CITY = AreaFacts("440100000000", "广州市", "c/")
HAIZHU = AreaFacts("440105000000", "海珠区", "c/h/")
NANSHA = AreaFacts("440115000000", "南沙区", "c/n/")
STREET = "c/h/s/"
START = date(2023, 6, 1)
YEAR_1, YEAR_2, YEAR_3 = date(2023, 12, 1), date(2024, 12, 1), date(2025, 12, 1)
LONG_AGO = date(2020, 1, 1)


def binding(rule, pack="guangzhou-2023"):
    return next(one for one in load_pack(pack).bindings if one.rule == rule)


def bound_with(rule, **values):
    """The pack's binding with other values."""
    bound = binding(rule)
    changed = {name: Setting(value) for name, value in values.items()}
    return replace(bound, settings={**bound.settings, **changed})


def certificate(verification="verified", obtained_on=LONG_AGO, level="assistant", until=None):
    return CertificateFacts(CertificateLevel(level), Verification(verification), obtained_on, until)


def people(certified=0, pending=0, without=0):
    kinds = ["verified"] * certified + ["pending"] * pending + [None] * without
    return tuple(
        PersonFacts(f"W{index:03}", (certificate(kind),) if kind else ())
        for index, kind in enumerate(kinds)
    )


def placed(person, starts_on=LONG_AGO, ends_on=None, share="1", project=""):
    return PlacementFacts(person, starts_on, ends_on, Decimal(share), project)


def staff(*placements, terms=()):
    return Staff(tuple(placements), tuple(terms))


def project(persons=(), *, starts_on=START, years=3, code="P1", others=(), **fields):
    """A project whose people are on post ever since; placements may be given as they are.

    `others` are the terms of further projects of its station.
    """
    rows = [one if isinstance(one, PlacementFacts) else placed(one) for one in persons]
    given = {
        "station": "Z1",
        "place": STREET,
        "agreed_heads": 20,
        "annual_budget": Decimal("2400000.00"),
    }
    terms = (Term(code, starts_on, years), *others)
    return ProjectFacts(
        code=code,
        name=f"项目{code}",
        starts_on=starts_on,
        years=years,
        staff=staff(*rows, terms=terms),
        **given | fields,
    )


def finding_of(rule, one, on, *, bound=None, **facts):
    """The only verdict of a rule on a project."""
    (finding,) = RULES[rule].judge(
        Facts(on, CITY, projects=(one,), **facts), bound or binding(rule)
    )
    return finding


def certified_finding(rule, persons, on, *, bound=None, **kwargs):
    return finding_of(rule, project(persons, **kwargs), on, bound=bound)


def station(code, opened_on=LONG_AGO, **fields):
    return StationFacts(code, opened_on, **{"name": f"站{code}", "place": STREET} | fields)


def street(code, *stations, district=HAIZHU):
    return StreetFacts(code, f"街{code}", district and district.code, tuple(stations))


def coverage(streets, *, on=YEAR_1, scope=CITY, districts=(), pack="guangzhou-2023"):
    facts = Facts(on, scope, tuple(districts), tuple(streets))
    return {
        (finding.subject.code, finding.subject.name): finding
        for finding in judge(facts, [binding("COV-01", pack)])
    }


def everything():
    """Facts in which every rule finds something, and every word is needed."""
    contract = ContractFacts(1, START, YEAR_1, Decimal(1), noticed_on=START, signed_on=START)
    points = (
        PointFacts(
            "D1", "点", LONG_AGO, communities=(CommunityFacts("440105999001", inside=False),)
        ),
    )
    posts = (
        PostFacts("G1", "站长", PostKind.ADMIN, LONG_AGO),
        PostFacts("G2", "社工", PostKind.SERVICE, LONG_AGO, point="D1"),
    )
    later = replace(contract, year_no=2, starts_on=YEAR_2, ends_on=YEAR_3)
    records = (
        RecordFacts(date(2023, 7, 1), date(2023, 8, 5), date(2023, 8, 5), True, Decimal(8)),
        RecordFacts(date(2023, 8, 1), date(2023, 9, 5), date(2023, 9, 6), False, Decimal(8)),
        RecordFacts(date(2023, 9, 1), date(2023, 10, 9)),
    )
    hours = {"records": records, "min_hours": Decimal("1200.00")}
    team = project(people(1, 1, 1), contracts=(contract, later), **hours)
    twin = project(people(1), code="P2", others=[Term("P1", START, 3)], **hours)
    seat = station("Z1", posts=posts, points=points, staff=team.staff, records=records)
    opening, closed = station("Z2", date(2099, 1, 1)), station("Z3", closed_on=LONG_AGO)
    return Facts(
        YEAR_1,
        CITY,
        districts=(HAIZHU,),
        streets=(street("S1", seat, opening, closed), street("S2")),
        projects=(team, twin),
        stations=(seat, opening, closed),
        totals=(TotalFacts(date(2023, 7, 1), True), TotalFacts(date(2023, 8, 1), False)),
        is_root=True,
    )
