"""What the generated stations are like: each situation a rule looks at, once."""

from dataclasses import dataclass
from enum import Enum


class Before(Enum):
    """How the certified share stood on the last day of the project year before."""

    LOWER = "lower"
    EQUAL = "equal"
    HIGHER = "higher"


@dataclass(frozen=True)
class Case:
    """A station as of the day of the first run.

    `year` is the project's year on that day (0: no project), `into_year` the days passed of it.
    Of `people` on purchased posts, the first `certified` hold a verified certificate, the next
    `pending` one awaiting verification, the next `rejected` one that failed it. `missing` more
    were agreed on and left `missing_since` days ago.
    """

    year: int = 1
    into_year: int = 100
    people: int = 6
    certified: int = 4
    pending: int = 0
    rejected: int = 0
    direct: int = 0
    assistants: int = 0
    before: Before = Before.LOWER
    missing: int = 0
    missing_since: int = 0
    lapsed: bool = False
    mode: str = "购买服务"
    opens_in: int = -1500
    closed: bool = False
    suspended: bool = False
    all_left: bool = False
    halves: bool = False
    second_project: bool = False
    names_projects: bool = False
    admin_at_point: bool = False
    service_at_station: bool = False
    no_admin: bool = False
    foreign_community: bool = False
    idle_point: bool = False
    twin: bool = False
    low_budget: bool = False
    odd_total: bool = False
    signed_late: bool = False
    no_notice: bool = False
    contract_gap: bool = False
    not_renewed: bool = False
    large_supplement: bool = False
    unsupervised: bool = False
    supervision_ended: bool = False


SITUATIONS = (
    Case(year=1, people=6, certified=3),  # exactly one half
    Case(year=1, people=5, certified=2),  # one below it
    Case(year=1, people=5, certified=2, pending=1),  # the one awaiting verification would turn it
    Case(year=1, people=6, certified=1, into_year=10),  # within the days of grace
    Case(year=2, people=6, certified=3),
    Case(year=2, people=20, certified=10, before=Before.EQUAL),  # 10/20, as the year before
    Case(year=2, people=5, certified=3, before=Before.HIGHER),
    Case(year=2, people=6, certified=2),  # below the first year's floor
    Case(year=3, people=6, certified=4),  # exactly two thirds
    Case(year=3, people=6, certified=3),
    Case(year=3, people=5, certified=3, pending=1),
    Case(year=3, people=6, certified=3, rejected=2),
    Case(year=1, people=4, certified=3, lapsed=True),
    Case(year=1, people=4, certified=2, assistants=2),  # assistants are no social workers
    Case(year=1, people=4, all_left=True),
    Case(year=1, people=5, certified=3, missing=1, missing_since=40),
    Case(year=1, people=5, certified=3, missing=1, missing_since=1),
    Case(year=1, people=4, certified=2, halves=True),
    Case(year=1, second_project=True, names_projects=True),
    Case(year=1, second_project=True),  # nobody can say whose people they are
    Case(year=0, people=0, direct=3, mode="直聘"),
    Case(year=1, people=4, certified=2, direct=2, mode="混合"),
    Case(year=1, people=4, certified=3, suspended=True),
    Case(year=0, people=0, opens_in=60),
    Case(year=0, people=0, closed=True),
    Case(year=1, people=4, certified=3, admin_at_point=True),
    Case(year=1, people=4, certified=3, service_at_station=True),
    Case(year=1, people=4, certified=3, no_admin=True),
    Case(year=1, people=4, certified=3, foreign_community=True),
    Case(year=2, people=4, certified=3, idle_point=True),
    Case(year=1, people=4, certified=3, twin=True),  # two stations in one street
    Case(year=1, people=4, certified=3, low_budget=True),
    Case(year=2, people=4, certified=3, odd_total=True),
    Case(year=1, people=4, certified=3, signed_late=True),
    Case(year=1, people=4, certified=3, no_notice=True),
    Case(year=2, people=4, certified=3, contract_gap=True),
    Case(year=2, people=4, certified=3, into_year=320, not_renewed=True),
    Case(year=2, people=4, certified=3, large_supplement=True),
    Case(year=1, people=4, certified=3, unsupervised=True),
    Case(year=1, people=4, certified=3, supervision_ended=True),
)
# What most stations are like: nothing to find. Every fifth has a neighbour in its street.
ORDINARY = (
    Case(year=3, people=9, certified=7, twin=True),
    Case(year=1, people=6, certified=4),
    Case(year=1, people=7, certified=4),
    Case(year=2, people=6, certified=4),
    Case(year=2, people=8, certified=5),
)
