"""What the generated stations are like: each situation a rule looks at, once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A station as of the day of the first run.

    `year` is the project's year on that day (0: no project), `into_year` the days passed of it.
    Of `people` on purchased posts, the first `certified` hold a verified certificate, the next
    `pending` one awaiting verification, the next `rejected` one that failed it.
    """

    year: int = 1
    into_year: int = 100
    people: int = 6
    certified: int = 4
    pending: int = 0
    rejected: int = 0
    direct: int = 0
    assistants: int = 0
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
    foreign_community: bool = False
    idle_point: bool = False
    twin: bool = False


SITUATIONS = (
    Case(year=1, people=6, certified=3),  # exactly one half
    Case(year=1, people=5, certified=2),  # one below it
    Case(year=1, people=5, certified=2, pending=1),  # the one awaiting verification would turn it
    Case(year=1, people=6, certified=1, into_year=10),  # within the days of grace
    Case(year=2, people=6, certified=3),
    Case(year=3, people=6, certified=4),  # exactly two thirds
    Case(year=3, people=6, certified=3),
    Case(year=3, people=5, certified=3, pending=1),
    Case(year=3, people=6, certified=3, rejected=2),
    Case(year=1, people=4, certified=3, lapsed=True),
    Case(year=1, people=4, certified=2, assistants=2),  # assistants are no social workers
    Case(year=1, people=4, all_left=True),
    Case(year=1, people=4, certified=2, halves=True),
    Case(year=1, second_project=True, names_projects=True),
    Case(year=1, second_project=True),  # nobody can say whose people they are
    Case(year=0, people=0, direct=3, mode="直聘"),
    Case(year=1, people=4, certified=2, direct=2, mode="混合"),
    Case(year=1, people=4, certified=3, suspended=True),
    Case(year=0, people=0, opens_in=60),
    Case(year=0, people=0, closed=True),
    Case(year=1, people=4, certified=3, admin_at_point=True),
    Case(year=1, people=4, certified=3, foreign_community=True),
    Case(year=2, people=4, certified=3, idle_point=True),
    Case(year=1, people=4, certified=3, twin=True),  # two stations in one street
)
ORDINARY = (
    Case(year=1, people=4, certified=3),
    Case(year=1, people=5, certified=3),
    Case(year=2, people=4, certified=3),
    Case(year=2, people=6, certified=4),
    Case(year=3, people=6, certified=5),
    Case(year=3, people=3, certified=2),
)
