"""A city's workbook checked and applied: 203 stations, 5,000 people, all eleven sheets."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench import trees
from bench.figures import Figure
from bench.place import AREAS, analyze
from config.demo.book import CityBook
from config.demo.people import Crowd
from jobs.imports import Outcome, apply, check
from tenancy.context import tenant_context
from tenancy.models import Area, User

STATIONS, PEOPLE, POINTS = 203, 5_000, 2
OPENED, TODAY = date(2024, 1, 1), date(2026, 10, 5)
OPERATORS = [f"示例第{number}社会工作服务中心" for number in range(1, 8)]
CENTRE = "示例市社会工作督导中心"


def measure() -> list[Figure]:
    """Check, apply and check again, as the commands do them: reader's process and all.

    In a city of its own, where every community has its official code.
    """
    tenant, _ = trees.plant("imports", "440100000000", AREAS / "communities-guangzhou.csv")
    with TemporaryDirectory() as folder, tenant_context(tenant.pk):
        file = workbook(Path(folder) / "city.xlsx")
        user = User.objects.system(tenant)
        first, checked = _timed(check, file, user)
        _, applied = _timed(apply, file, user)
    analyze()
    with TemporaryDirectory() as folder, tenant_context(tenant.pk):
        file = workbook(Path(folder) / "city.xlsx")
        again, rechecked = _timed(check, file, user)
    rows = sum(count.new for count in first.counts.values())
    assert all(count.new == count.changed == 0 for count in again.counts.values())
    return [
        Figure(f"check a city workbook, 5,000 people, {rows:,} rows", f"{checked:.1f} s", "3 s"),
        Figure("apply it", f"{applied:.1f} s", "15 s"),
        Figure("check it once more, nothing changed", f"{rechecked:.1f} s", "3 s"),
    ]


def _timed(verb: Any, file: Path, user: User) -> tuple[Outcome, float]:
    start = perf_counter()
    outcome = verb(file, user)
    seconds = perf_counter() - start
    assert outcome.ok, outcome.errors[:3]
    return outcome, seconds


def workbook(file: Path) -> Path:
    """The same rows each time, in the streets of the tenant in force."""
    book = CityBook()
    book.add(
        "督导中心", 名称=CENTRE, 受托机构=OPERATORS[0], 合同起=OPENED, 合同止=date(2027, 12, 31)
    )
    crowd = Crowd(Random(1))
    people = [PEOPLE // STATIONS + (number < PEOPLE % STATIONS) for number in range(STATIONS)]
    for number, (street, staff) in enumerate(zip(_streets(), people, strict=False), start=1):
        _add_station(book, f"Z{number:03d}", street, OPERATORS[number % len(OPERATORS)])
        _add_project(book, f"Z{number:03d}", staff, OPERATORS[number % len(OPERATORS)])
        _add_supervision(book, f"Z{number:03d}", number)
        for serial in range(staff):
            _add_person(book, f"Z{number:03d}", serial, crowd)
    return book.write(file)


def _streets() -> Iterator[Area]:
    """As many as there are stations; some streets get a second one."""
    streets = list(Area.objects.filter(level=Area.Level.STREET).order_by("code"))
    for number in range(STATIONS):
        yield streets[number % len(streets)]


def _add_station(book: CityBook, code: str, street: Area, operator: str) -> None:
    book.add(
        "社工站",
        站点编码=code,
        名称=f"{street.name}{code}社工站",
        镇街代码=street.code,
        运营模式="购买服务",
        站点类型="综合站",
        承接机构=operator,
        地址=f"{street.name}示例路 1 号",
        面积=320.5,
        启用日期=OPENED,
    )
    codes = list(
        Area.objects.filter(parent=street, level="community").values_list("code", flat=True)
    )
    for point in range(1, POINTS + 1):
        book.add(
            "社工点",
            社工点编码=f"{code}D{point}",
            名称=f"{code}第{point}社工点",
            社工站编码=code,
            覆盖村居代码=";".join(sorted(codes)[point - 1 :: POINTS]),
            启用日期=OPENED,
        )


def _add_project(book: CityBook, station: str, heads: int, operator: str) -> None:
    book.add(
        "项目",
        项目编号=f"{station}-2024",
        社工站编码=station,
        承接机构=operator,
        服务年限=3,
        经费标准=120_000,
        约定人数=heads,
        年度预算=heads * 120_000,
        总额=heads * 360_000,
        年度最低工时=1_800 * heads,
        起始日期=OPENED,
    )
    for number in (1, 2, 3):
        year = OPENED.year + number - 1
        book.add(
            "合同",
            项目编号=f"{station}-2024",
            年度序号=number,
            起始日期=date(year, 1, 1),
            结束日期=date(year, 12, 31),
            签订日期=date(year - 1, 12, 20),
            金额=heads * 120_000,
            年度约定人数=heads,
            中标通知日期=date(year - 1, 12, 1),
        )


def _add_supervision(book: CityBook, station: str, number: int) -> None:
    if number % 20 == 1:
        nature = "管理" if number == 1 else "专职"
        code = f"DD{number // 20:02d}"
        book.add(
            "督导人员",
            督导编码=code,
            姓名="示例督导",
            性质=nature,
            督导中心名称=CENTRE,
            开始日期=OPENED,
        )
    book.add(
        "督导安排",
        督导编码=f"DD{(number - 1) // 20:02d}",
        督导对象类型="社工站",
        督导对象编码=station,
        开始日期=OPENED,
    )


def _add_person(book: CityBook, station: str, serial: int, crowd: Crowd) -> None:
    person, code, post = crowd.somebody(), f"{station}R{serial:02d}", f"{station}G{serial:02d}"
    book.add(
        "岗位",
        岗位编码=post,
        社工站编码=station,
        社工点编码=f"{station}D{serial % POINTS + 1}" if serial else None,
        岗位类别="服务性" if serial else "事务性",
        岗位名称="社工" if serial else "站长",
        设置日期=OPENED,
    )
    book.add(
        "人员",
        人员编码=code,
        姓名=person.name,
        身份证号=person.identity,
        性别=person.sex,
        学历=person.education,
        用工渠道="购买服务",
        所属机构=OPERATORS[int(station[1:]) % len(OPERATORS)],
        入职日期=OPENED,
    )
    book.add("任职", 人员编码=code, 岗位编码=post, 项目编号=f"{station}-2024", 开始日期=OPENED)
    book.add(
        "证书",
        人员编码=code,
        级别="社会工作师",
        管理号=f"GL{code}",
        取得日期=date(2023, 6, 1),
        核验状态="已核验",
        登记有效期至=TODAY,
    )
