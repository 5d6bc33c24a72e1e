"""Small cities made up at random around a day, each row possible, many of them at a boundary."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.city_workbook import AWAY, COMMUNITIES, ELSEWHERE, FOREIGN_COMMUNITY, HEADS, STREET
from tests.compliance.second_reading import anniversary


@dataclass
class Tree:
    """The areas of `plant_city`, by their codes."""

    root: str = "440100000000"
    streets: tuple[str, ...] = (STREET, ELSEWHERE, AWAY)
    districts: dict[str, list[str]] = field(
        default_factory=lambda: {"440105000000": [STREET, ELSEWHERE], "440106000000": [AWAY]}
    )
    street_of: dict[str, str] = field(
        default_factory=lambda: {
            **dict.fromkeys(COMMUNITIES, STREET),
            FOREIGN_COMMUNITY: ELSEWHERE,
        }
    )


def first_of(day: date, later: int) -> date:
    """The first day of the month so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


class RandomCity:
    """Rows of all sheets, by head; `on` is the day that the dates gather around."""

    def __init__(self, seed: int, on: date) -> None:
        self.random, self.on = Random(seed), on
        self.rows: dict[str, list[dict[str, object]]] = {sheet: [] for sheet in HEADS}
        for number in range(1, 5):
            self.station(f"S{number}")
        self.centre()
        self.records, self.totals = [], []
        for number in range(1, 4):
            self.reports(f"S{number}")
        self.add_up()

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def near(self, *days: int) -> date:
        return self.on + timedelta(days=self.random.choice(days))

    def add(self, sheet: str, **cells: object) -> dict[str, object]:
        self.rows[sheet].append(cells)
        return cells

    def station(self, code: str) -> None:
        street = self.random.choice([STREET, STREET, ELSEWHERE, AWAY])
        self.add(
            "社工站",
            站点编码=code,
            名称=f"{code}社工站",
            镇街代码=street,
            运营模式="购买服务",
            启用日期=self.near(-4000, -4000, -4000, 0, 1, -1),
            **self.random.choice(
                [
                    {},
                    {},
                    {},
                    {"暂停起": self.near(-10, 0, 1), "暂停止": self.near(1, 2, 90)},
                    {"暂停起": self.near(-10), "暂停止": self.near(-1, 0)},
                ]
            ),
            关闭日期=self.near(1, 2, 30) if self.chance(0.1) else None,
        )
        points = [self.point(code, number) for number in (1, 2)]
        projects = [self.project(code, n) for n in range(self.random.choice([0, 1, 1, 1, 2]))]
        posts = [self.post(code, number, points) for number in range(6)]
        for number in range(self.random.choice([0, 3, 5, 7])):
            self.person(f"{code}R{number}", posts, projects)

    def point(self, station: str, number: int) -> str:
        code = f"{station}D{number}"
        covered = self.random.choice([COMMUNITIES, [FOREIGN_COMMUNITY], [], COMMUNITIES[:1]])
        self.add(
            "社工点",
            社工点编码=code,
            名称=code,
            社工站编码=station,
            覆盖村居代码=";".join(covered) or None,
            启用日期=self.near(-4000, -4000, 0, 1),
            停用日期=self.near(1, 2) if self.chance(0.2) else None,
        )
        return code

    def post(self, station: str, number: int, points: list[str]) -> str:
        code = f"{station}G{number}"
        self.add(
            "岗位",
            岗位编码=code,
            社工站编码=station,
            社工点编码=self.random.choice([None, *points]),
            岗位类别=self.random.choice(["事务性", "服务性", "服务性"]),
            设置日期=self.near(-4000, -4000, -4000, 0, 1),
            撤销日期=self.near(-1, 0, 1) if self.chance(0.15) else None,
        )
        post = self.rows["岗位"][-1]
        if post["撤销日期"] and post["撤销日期"] < post["设置日期"]:
            post["撤销日期"] = None
        return code

    def project(self, station: str, number: int) -> str:
        code = f"{station}P{number}"
        years = self.random.choice([1, 2, 3])
        into = self.random.choice([0, 1, 29, 30, 31, 59, 60, 100, 300, 334, 364, 365])
        start = self.on - timedelta(days=into + 365 * self.random.choice([0, 0, 1, 2, 3]))
        if self.chance(0.1):
            start = date(2024, 2, 29)
        heads = self.random.choice([1, 3, 5])
        budget = heads * 120_000 + self.random.choice([0, 0, -1, 119_999, 120_000])
        self.add(
            "项目",
            项目编号=code,
            社工站编码=station,
            承接机构="示例社会工作服务中心",
            服务年限=years,
            约定人数=heads,
            年度预算=budget,
            年度最低工时=self.random.choice([None, 0, 1100, 1200, 1200, 1350, 1600]),
            总额=self.random.choice([budget * years, budget * years, budget * years - 1, None]),
            起始日期=start,
        )
        for year in range(1, self.random.randint(0, years) + 1):
            self.contract(code, year, start, heads)
        return code

    def contract(self, project: str, year: int, start: date, heads: int) -> None:
        first = anniversary(start, year - 1)
        late = self.random.choice([0, 0, 0, 1, 5]) if year > 1 else 0
        noticed = first - timedelta(days=40)
        amount = self.random.choice([100, 1000, 333])
        self.add(
            "合同",
            项目编号=project,
            年度序号=year,
            起始日期=first + timedelta(days=late),
            结束日期=anniversary(start, year) - timedelta(days=1),
            签订日期=self.random.choice(
                [noticed + timedelta(days=30), noticed + timedelta(days=31), None]
            ),
            金额=amount,
            年度约定人数=self.random.choice([None, None, heads, heads + 1]),
            中标通知日期=self.random.choice([noticed, noticed, None]),
            补充金额=self.random.choice([None, 0, 10, 100, 33, 34]),
        )

    def person(self, code: str, posts: list[str], projects: list[str]) -> None:
        hired = self.near(-1500, -1500, -400, -30, -29, 0, 1)
        left = self.near(-1, 0, 1) if self.chance(0.15) else None
        self.add(
            "人员",
            人员编码=code,
            姓名="王小明",
            是否社工=self.random.choice([None, None, None, "是", "否"]),
            用工渠道=self.random.choice(["购买服务"] * 5 + ["双百直聘"]),
            入职日期=hired,
            离职日期=left if left and left >= hired else None,
        )
        for post, part in self.random.choice(
            [
                [(posts[0], None)],
                [(posts[1], 1)],
                [(posts[2], 0.5), (posts[3], 0.5)],
                [(posts[4], 0.25)],
                [],
            ]
        ):
            begins = self.near(-1500, -1500, -400, -31, -30, -29, 0, 1)
            ends = self.near(-30, -1, 0, 1) if self.chance(0.2) else None
            self.add(
                "任职",
                人员编码=code,
                岗位编码=post,
                项目编号=self.random.choice([None, None, *projects]),
                开始日期=begins,
                结束日期=ends if ends and ends >= begins else None,
                工作量占比=part,
            )
        for level in self.random.sample(
            ["助理社会工作师", "社会工作师"], k=self.random.choice([0, 1, 1, 2])
        ):
            self.add(
                "证书",
                人员编码=code,
                级别=level,
                取得日期=self.near(-2000, -2000, -366, -300, 0, 1),
                核验状态=self.random.choice(["已核验", "已核验", "待核验", "未通过"]),
            )

    def centre(self) -> None:
        if self.chance(0.8):
            self.add(
                "督导中心",
                名称="督导中心",
                受托机构="示例督导服务中心",
                合同起=self.near(-300, 0, 1),
                合同止=self.near(1, 300),
            )
        names = [row["名称"] for row in self.rows["督导中心"]]
        for number in range(3):
            self.add(
                "督导人员",
                督导编码=f"DD{number}",
                姓名="王督导",
                性质=self.random.choice(["管理", "专职", "外聘"]),
                督导中心名称=self.random.choice([None, *names]),
                开始日期=self.near(-300, 0, 1),
                结束日期=self.near(1, 2) if self.chance(0.2) else None,
            )
        people = [row["人员编码"] for row in self.rows["人员"]]
        for supervisor in ("DD0", "DD1", "DD2"):
            for kind, target in [
                ("社工站", "S1"),
                ("社工站", "S2"),
                *[("人员", p) for p in people[:2]],
            ]:
                if self.chance(0.5):
                    begins = self.near(-300, 0, 1)
                    ends = self.near(-1, 0, 1) if self.chance(0.3) else None
                    self.add(
                        "督导安排",
                        督导编码=supervisor,
                        督导对象类型=kind,
                        督导对象编码=target,
                        开始日期=begins,
                        结束日期=ends if ends and ends >= begins else None,
                    )

    # --- monthly records, which no sheet brings

    def reports(self, station: str) -> None:
        """Two years of records, most of them good, the newest at the boundaries of the day."""
        good = self.random.choice([1, 1, 0.97, 0.8])
        for back in range(self.random.choice([0, 3, 23, 23, 23])):
            month = first_of(self.on, -back)
            due = first_of(month, 1) + timedelta(days=4)
            if back < 2:
                due = self.near(-11, -10, -1, 0, 1)
            filed = due if self.chance(good) else due + timedelta(days=self.random.choice([1, 40]))
            row = {"站": station, "月": month, "应报": due, "报送": filed, "接收": None}
            row |= {"工时": self.random.choice([100, 100, 100, Decimal("100.5"), 90])}
            if self.chance(good):
                row["接收"] = filed + timedelta(days=self.random.choice([0, 1, 5]))
            elif self.chance(0.5):
                row |= self.random.choice([{"报送": None, "工时": None}, {"工时": None}])
            self.records.append(row)

    def add_up(self) -> None:
        """What is kept of each month; in some cities it is now and then another number."""
        sound = self.chance(0.5)
        for month in sorted({row["月"] for row in self.records}):
            taken = [row for row in self.records if row["月"] == month and row["接收"]]
            hours = sum(Decimal(row["工时"]) for row in taken)
            wrong = (0, 0) if sound else self.random.choice([(0, 0), (0, 0), (1, 0), (0, 1)])
            self.totals.append({"月": month, "份": len(taken) + wrong[0], "工时": hours + wrong[1]})

    def as_sheets(self) -> dict[str, list[list[object]]]:
        """The rows in the order of the workbook's heads."""
        return {
            sheet: [
                [row.get(head.partition("(")[0].strip("*")) for head in HEADS[sheet].split()]
                for row in rows
            ]
            for sheet, rows in self.rows.items()
        }
