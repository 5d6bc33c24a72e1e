"""The published purchase of 凤阳街社工站 (notice 440105-2023-01996, May 2023) as a workbook.

From the notice: 20 people, 2,400,000 yuan a year, three years with a contract signed each year,
35,244 service hours a year. It does not name the operator, the people or the first day: those are
made up, and the project starts on 1 June 2023, the month after. Ten of the twenty hold a verified
certificate: exactly one half, enough in the first year and four short of two thirds in the third.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from config.demo.book import CityBook
from config.demo.people import Crowd
from tenancy.periods import anniversary, project_year_period

STREET, STATION, PROJECT = "440105012000", "440105012Z1", "440105-2023-01996"
COMMUNITIES = ("440105012110", "440105012112", "440105012114", "440105012119", "440105012121")
OPERATOR = "广州示例社会工作服务中心"
STARTS_ON = date(2023, 6, 1)
YEARS, HEADS, PRICE, HOURS = 3, 20, 120_000, 35_244
CERTIFIED, AT_THE_STATION = 10, 2
REGISTERED_UNTIL = date(2029, 12, 31)
SEED, FIRST_SERIAL = 1996, 500


def write(file: Path) -> Path:
    """The workbook, ready for import."""
    return rows().write(file)


def rows() -> CityBook:
    """All rows; the same every time."""
    book, crowd = CityBook(), Crowd(Random(SEED), FIRST_SERIAL)
    _add_station(book)
    for number in range(1, HEADS + 1):
        _add_post(book, number)
        _add_worker(book, number, crowd)
    return book


def renew(book: CityBook, today: date) -> None:
    """Add a made-up renewal, so that the station still has a project to look at."""
    starts_on = anniversary(STARTS_ON, YEARS)
    if today >= starts_on:
        _add_project(book, f"440105-{starts_on.year}-01996", starts_on)


def _add_station(book: CityBook) -> None:
    book.add(
        "社工站",
        站点编码=STATION,
        名称="凤阳街社工站",
        镇街代码=STREET,
        运营模式="购买服务",
        站点类型="综合站",
        承接机构=OPERATOR,
        启用日期=STARTS_ON,
    )
    for number, community in enumerate(COMMUNITIES, start=1):
        book.add(
            "社工点",
            社工点编码=f"{STATION}D{number}",
            名称=f"凤阳街第{number}社工点",
            社工站编码=STATION,
            覆盖村居代码=community,
            启用日期=STARTS_ON,
        )
    _add_project(book, PROJECT, STARTS_ON)


def _add_project(book: CityBook, number: str, starts_on: date) -> None:
    book.add(
        "项目",
        项目编号=number,
        社工站编码=STATION,
        承接机构=OPERATOR,
        服务年限=YEARS,
        经费标准=PRICE,
        约定人数=HEADS,
        年度预算=HEADS * PRICE,
        总额=HEADS * PRICE * YEARS,
        年度最低工时=HOURS,
        起始日期=starts_on,
    )
    for year in range(1, YEARS + 1):
        _add_contract(book, number, starts_on, year)


def _add_contract(book: CityBook, number: str, starts_on: date, year: int) -> None:
    """The notice says that a contract is signed each year; its days are made up."""
    period = project_year_period(starts_on, year)
    book.add(
        "合同",
        项目编号=number,
        年度序号=year,
        起始日期=period.first,
        结束日期=period.last,
        签订日期=period.first - timedelta(days=8),
        金额=HEADS * PRICE,
        年度约定人数=HEADS,
        中标通知日期=period.first - timedelta(days=20) if year == 1 else None,
    )


def _add_post(book: CityBook, number: int) -> None:
    at_the_station = number <= AT_THE_STATION
    book.add(
        "岗位",
        岗位编码=f"{STATION}G{number:02d}",
        社工站编码=STATION,
        社工点编码=None if at_the_station else f"{STATION}D{number % len(COMMUNITIES) + 1}",
        岗位类别="事务性" if at_the_station else "服务性",
        岗位名称="站长" if number == 1 else "社工",
        设置日期=STARTS_ON,
    )


def _add_worker(book: CityBook, number: int, crowd: Crowd) -> None:
    code, person = f"{STATION}R{number:02d}", crowd.somebody()
    book.add(
        "人员",
        人员编码=code,
        姓名=person.name,
        身份证号=person.identity,
        性别=person.sex,
        学历=person.education,
        用工渠道="购买服务",
        所属机构=OPERATOR,
        入职日期=STARTS_ON,
    )
    book.add("任职", 人员编码=code, 岗位编码=f"{STATION}G{number:02d}", 开始日期=STARTS_ON)
    if number <= CERTIFIED:
        book.add(
            "证书",
            人员编码=code,
            级别="社会工作师" if number % 2 else "助理社会工作师",
            管理号=f"演示{number:06d}",
            取得日期=date(2022, 9, 1),
            核验状态="已核验",
            登记有效期至=REGISTERED_UNTIL,
        )
