"""Stations and people that a seed makes up, as rows of a city workbook."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, cycle, islice
from random import Random

from config.demo.book import CityBook
from config.demo.cases import ORDINARY, SITUATIONS, Before, Case
from config.demo.contracts import Terms, write_contracts
from config.demo.people import Crowd
from tenancy.periods import anniversary

OPERATORS = ("晨光", "同行", "邻里", "启明", "青禾", "安和")
PRICE = 120_000
YEARS = 3
POINTS = 2


@dataclass(frozen=True)
class Street:
    """A street that gets a station; the last community lies in another street."""

    code: str
    name: str
    communities: Sequence[str]
    foreign_community: str


class Generator:
    """Writes the stations of some streets into one book."""

    def __init__(self, city: str, seed: int, today: date) -> None:
        self.book = CityBook()
        self._city, self._today = city, today
        self._random = Random(f"{seed}/{city}")
        self._crowd = Crowd(self._random)
        self.stations: list[GeneratedStation] = []

    def fill(self, streets: Sequence[Street]) -> CityBook:
        """One station a street (two where the case says so); every situation before a second.

        The first street, where the accounts are, gets the first; the others are drawn.
        """
        cases = chain(SITUATIONS, cycle(ORDINARY))
        drawn = [*streets[:1], *self._random.sample(streets[1:], len(streets[1:]))]
        for street, case in zip(drawn, islice(cases, len(drawn)), strict=True):
            self._add(street, case, 1)
            if case.twin:
                self._add(street, replace(case, twin=False), 2)
        return self.book

    def _add(self, street: Street, case: Case, number: int) -> None:
        operator = f"{self._city}示例{self._random.choice(OPERATORS)}社会工作服务中心"
        station = GeneratedStation(
            street, case, self._today, operator, f"{street.code[:9]}Z{number}"
        )
        station.write(self.book, self._random)
        station.write_people(self.book, self._crowd)
        self.stations.append(station)


@dataclass(frozen=True)
class GeneratedStation:
    """One station, its points, posts, projects and people, written as rows."""

    street: Street
    case: Case
    today: date
    operator: str
    code: str

    @property
    def opened_on(self) -> date:
        return self.today + timedelta(days=self.case.opens_in)

    @property
    def project_starts_on(self) -> date:
        began = self.today - timedelta(days=self.case.into_year)
        return anniversary(began, 1 - max(self.case.year, 1))

    @property
    def projects(self) -> list[str]:
        """The numbers of the projects in force."""
        count = 2 if self.case.second_project else min(self.case.year, 1)
        year = self.project_starts_on.year
        serial = f"{self.code[6:9]}{self.code[-1]}"
        return [f"{self.code[:6]}-{year}-{serial}{n}" for n in range(1, count + 1)]

    @property
    def heads(self) -> int:
        """People of the projects, those who have left too."""
        return self.case.people + self.case.assistants + self.case.missing + self._former

    @property
    def _former(self) -> int:
        """Whoever was certified and left makes the share of the year before a higher one."""
        return 1 if self.case.before is Before.HIGHER else 0

    @property
    def agreed(self) -> int:
        """By contract, for each project of the station."""
        everybody = self.case.people + self.case.assistants + self.case.missing
        return max(everybody // max(len(self.projects), 1), 1)

    def write(self, book: CityBook, random: Random) -> None:
        self._write_station(book, random)
        for number in range(1, POINTS + 1):
            self._write_point(book, number)
        for number in range(self.heads + self.case.direct):
            self._write_post(book, number)
        for project in self.projects:
            self._write_project(book, project)

    def _write_station(self, book: CityBook, random: Random) -> None:
        ordinal = "" if self.code.endswith("Z1") else "第二"
        case, today = self.case, self.today
        book.add(
            "社工站",
            站点编码=self.code,
            名称=f"{self.street.name.removesuffix('道')}{ordinal}社工站",
            镇街代码=self.street.code,
            运营模式=case.mode,
            站点类型=random.choice(("综合站", "综合站", "专业站")),
            承接机构=None if case.mode == "直聘" else self.operator,
            地址=f"{self.street.name}示例路{random.randrange(1, 200)}号",
            面积=random.randrange(120, 600),
            启用日期=self.opened_on,
            暂停起=today - timedelta(days=20) if case.suspended else None,
            暂停止=today + timedelta(days=40) if case.suspended else None,
            关闭日期=today - timedelta(days=30) if case.closed else None,
        )

    def _write_point(self, book: CityBook, number: int) -> None:
        communities = self.street.communities
        covered = communities[number - 1 :: POINTS][:4] or communities[:1]
        foreign = number == 1 and self.case.foreign_community
        book.add(
            "社工点",
            社工点编码=f"{self.code}D{number}",
            名称=f"{self.street.name.removesuffix('道')}第{number}社工点",
            社工站编码=self.code,
            覆盖村居代码=self.street.foreign_community if foreign else ";".join(covered),
            启用日期=self.opened_on,
        )

    def _write_post(self, book: CityBook, number: int) -> None:
        is_admin = number == 0 and not self.case.no_admin
        misplaced = self.case.admin_at_point if is_admin else self.case.service_at_station
        at_station = is_admin != (misplaced and number < POINTS)
        point = 1 if self.case.idle_point else number % POINTS + 1
        book.add(
            "岗位",
            岗位编码=self._post(number),
            社工站编码=self.code,
            社工点编码=None if at_station else f"{self.code}D{point}",
            岗位类别="事务性" if is_admin else "服务性",
            岗位名称="站长" if is_admin else "社工",
            设置日期=self.opened_on,
        )

    def _write_project(self, book: CityBook, number: str) -> None:
        heads, start = self.agreed, self.project_starts_on
        budget = heads * PRICE - (60_000 if self.case.low_budget else 0)
        book.add(
            "项目",
            项目编号=number,
            社工站编码=self.code,
            承接机构=self.operator,
            服务年限=YEARS,
            经费标准=PRICE,
            约定人数=heads,
            年度预算=budget,
            总额=budget * YEARS - (100_000 if self.case.odd_total else 0),
            起始日期=start,
        )
        terms = Terms(number, start, self.case.year, YEARS, heads, budget)
        write_contracts(book, terms, self.case, self.today)

    def write_people(self, book: CityBook, crowd: Crowd) -> None:
        for number in range(self.heads + self.case.direct):
            self._write_worker(book, number, crowd)
            self._write_placements(book, number)
            self._write_certificate(book, number)

    def _write_worker(self, book: CityBook, number: int, crowd: Crowd) -> None:
        person, is_direct = crowd.somebody(), number >= self.heads
        is_assistant = self.case.people <= number < self.case.people + self.case.assistants
        book.add(
            "人员",
            人员编码=self._worker(number),
            姓名=person.name,
            身份证号=person.identity,
            性别=person.sex,
            学历=person.education,
            是否社工="否" if is_assistant else None,
            用工渠道="双百直聘" if is_direct else "购买服务",
            所属机构=f"{self.street.name}办事处" if is_direct else self.operator,
            入职日期=self.project_starts_on,
            离职日期=self._left_on(number),
        )

    def _left_on(self, number: int) -> date | None:
        """The last day of those who are no longer there."""
        case, stayed = self.case, self.case.people + self.case.assistants
        if case.all_left:
            return self.today - timedelta(days=1)
        if stayed <= number < stayed + case.missing:
            return self.today - timedelta(days=case.missing_since)
        return self.today - timedelta(days=30) if stayed <= number < self.heads else None

    def _write_placements(self, book: CityBook, number: int) -> None:
        posts = [number]
        if self.case.halves:  # everybody shares two posts with the neighbour
            posts.append((number + 1) % self.heads)
        for post in posts:
            book.add(
                "任职",
                人员编码=self._worker(number),
                岗位编码=self._post(post),
                项目编号=self._named_project(number),
                开始日期=self.project_starts_on,
                结束日期=self._left_on(number),
                工作量占比=1 / len(posts),
            )

    def _write_certificate(self, book: CityBook, number: int) -> None:
        verification = self._verification(number)
        if verification:
            lapses = self.today - timedelta(days=30) if self.case.lapsed else None
            book.add(
                "证书",
                人员编码=self._worker(number),
                级别=("助理社会工作师", "社会工作师")[number % 2],
                管理号=f"演示{self._worker(number)}",
                取得日期=self._certified_on(number),
                核验状态=verification,
                登记有效期至=lapses or self.today + timedelta(days=500),
            )

    def _certified_on(self, number: int) -> date:
        """Long ago; the last one in this project year, where the share has risen."""
        case = self.case
        if case.before is Before.LOWER and case.year > 1 and number == case.certified - 1:
            return anniversary(self.project_starts_on, case.year - 1) + timedelta(days=1)
        return self.project_starts_on - timedelta(days=400 + 30 * number)

    def _verification(self, number: int) -> str:
        case = self.case
        states = (
            ["已核验"] * case.certified + ["待核验"] * case.pending + ["未通过"] * case.rejected
        )
        if case.people + case.assistants + case.missing <= number < self.heads:
            return "已核验"  # who left last month
        return states[number] if number < min(len(states), case.people) else ""

    def _named_project(self, number: int) -> str | None:
        return self.projects[number % 2] if self.case.names_projects else None

    def _worker(self, number: int) -> str:
        return f"{self.code}R{number + 1:02d}"

    def _post(self, number: int) -> str:
        return f"{self.code}G{number + 1:02d}"
