"""The definitions read a second time: verdicts computed naively from the rows of a workbook.

Nothing of `compliance` is used. It looks at one row after another, as a person with the workbook
and the published definitions would, and is slow and plain on purpose; the tests hold the rules
against it.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction


def inside(day, first, last):
    """Both ends count; no last day means for ever."""
    return first <= day and (last is None or day <= last)


def anniversary(start, years):
    if (start.month, start.day) == (2, 29) and not isleap(start.year + years):
        return date(start.year + years, 3, 1)
    return date(start.year + years, start.month, start.day)


def year_of(start, day):
    passed = 0
    while anniversary(start, passed + 1) <= day:
        passed += 1
    return passed + 1


@dataclass
class Verdict:
    status: str
    measured: object = None
    required: object = None
    shortfall: object = None

    def as_json(self):
        return {
            "status": self.status,
            "measured": plain(self.measured),
            "required": plain(self.required),
            "shortfall": {k: plain(v) for k, v in self.shortfall.items()}
            if self.shortfall
            else None,
        }


def share(num, den):
    return {"num": num, "den": den}


def plain(value):
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        return int(value) if whole else f"{float(value):.4f}".rstrip("0")
    return value


class Places:
    """Verdicts about places, posts and people on a day; `rows` by sheet, each a dict by head."""

    def __init__(self, rows, tree, on):
        self.rows, self.tree, self.on = rows, tree, on
        self.verdicts = {}

    def sheet(self, name, **wanted):
        return [
            row
            for row in self.rows.get(name, [])
            if all(row.get(head) == value for head, value in wanted.items())
        ]

    def one(self, name, head, code):
        (row,) = self.sheet(name, **{head: code})
        return row

    def say(self, rule, kind, code, *verdict, **more):
        self.verdicts[rule, kind, code] = Verdict(*verdict, **more).as_json()

    def all(self):
        self.coverage()
        for point in self.rows["社工点"]:
            self.point(point)
        for post in self.rows["岗位"]:
            self.post(post)
        for station in self.rows["社工站"]:
            self.both_kinds(station)
        self.centre()
        for worker in self.rows["人员"]:
            self.supervised(worker)
        return self.verdicts

    # --- coverage

    def operates(self, station, on):
        if station["启用日期"] > on or (station.get("关闭日期") and station["关闭日期"] <= on):
            return False
        first = station.get("暂停起")
        return not (first and inside(on, first, station.get("暂停止")))

    def coverage(self):
        covered = {}
        for street in self.tree.streets:
            stations = self.sheet("社工站", 镇街代码=street)
            running = sum(self.operates(one, self.on) for one in stations)
            ahead = any(
                one["启用日期"] > self.on
                and not (one.get("关闭日期") and one["关闭日期"] <= one["启用日期"])
                for one in stations
            )
            covered[street] = running > 0
            status = "met" if running else "watch" if ahead else "not_met"
            self.say(
                "COV-01", "area", street, status, running, 1, None if running else {"streets": 1}
            )
        for area, streets in [*self.tree.districts.items(), (self.tree.root, self.tree.streets)]:
            have = sum(covered[street] for street in streets)
            if not streets:
                self.say("COV-01", "area", area, "not_applicable", share(0, 0), share(1, 1))
            else:
                missing = len(streets) - have
                self.say(
                    "COV-01",
                    "area",
                    area,
                    "not_met" if missing else "met",
                    share(have, len(streets)),
                    share(1, 1),
                    {"streets": missing} if missing else None,
                )

    def point(self, point):
        closed = point.get("停用日期")
        if point["启用日期"] > self.on or (closed and closed <= self.on):
            return
        street = self.one("社工站", "站点编码", point["社工站编码"])["镇街代码"]
        codes = [code for code in (point.get("覆盖村居代码") or "").split(";") if code]
        if not codes:
            self.say("COV-04", "point", point["社工点编码"], "no_data")
        else:
            foreign = [code for code in codes if self.tree.street_of[code] != street]
            self.say("COV-04", "point", point["社工点编码"], "not_met" if foreign else "met")

    # --- posts

    def exists(self, post, on):
        return inside(on, post["设置日期"], post.get("撤销日期"))

    def post(self, post):
        if not self.exists(post, self.on):
            return
        at_point = bool(post.get("社工点编码"))
        admin = post["岗位类别"] == "事务性"
        right = at_point != admin
        self.say(
            "POST-01" if admin else "POST-02",
            "post",
            post["岗位编码"],
            "met" if right else "not_met",
        )

    def both_kinds(self, station):
        if not self.operates(station, self.on):
            return
        posts = self.sheet("岗位", 社工站编码=station["站点编码"])
        kinds = len({post["岗位类别"] for post in posts if self.exists(post, self.on)})
        self.say(
            "POST-03", "station", station["站点编码"], "met" if kinds == 2 else "watch", kinds, 2
        )

    # --- people

    def is_active(self, project, on):
        last = anniversary(project["起始日期"], project["服务年限"]) - timedelta(days=1)
        return inside(on, project["起始日期"], last)

    def on_post(self, on):
        """(placement, worker, post) of everybody on post on the day."""
        found = []
        for placement in self.rows["任职"]:
            worker = self.one("人员", "人员编码", placement["人员编码"])
            post = self.one("岗位", "岗位编码", placement["岗位编码"])
            if (
                inside(on, placement["开始日期"], placement.get("结束日期"))
                and inside(on, worker["入职日期"], worker.get("离职日期"))
                and self.exists(post, on)
            ):
                found.append((placement, worker, post))
        return found

    # --- supervision

    def centre(self):
        running = {
            row["名称"]
            for row in self.rows["督导中心"]
            if inside(self.on, row["合同起"], row["合同止"])
        }
        kinds = {
            row["性质"]
            for row in self.rows["督导人员"]
            if inside(self.on, row["开始日期"], row.get("结束日期"))
            and (not row.get("督导中心名称") or row["督导中心名称"] in running)
        }
        fulfilled = sum([bool(running), "管理" in kinds, "专职" in kinds])
        status = "met" if fulfilled == 3 else "not_met"
        self.say("SUP-01", "area", self.tree.root, status, fulfilled, 3)

    def supervised(self, worker):
        code = worker["人员编码"]
        stations = {post["社工站编码"] for _, w, post in self.on_post(self.on) if w is worker}
        if not stations:
            return
        count = 0
        for row in self.rows["督导安排"]:
            supervisor = self.one("督导人员", "督导编码", row["督导编码"])
            target = {code} if row["督导对象类型"] == "人员" else stations
            count += (
                row["督导对象编码"] in target
                and inside(self.on, row["开始日期"], row.get("结束日期"))
                and inside(self.on, supervisor["开始日期"], supervisor.get("结束日期"))
            )
        self.say("SUP-02", "worker", code, "met" if count else "not_met", count, 1)
