"""The second reading goes on: monthly records, the hours they report, and their totals."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from tests.compliance.second_reading import anniversary, share, year_of
from tests.compliance.second_reading_projects import Reading as Projects

DAY = timedelta(days=1)
MISSING = 10


class Reading(Projects):
    """All verdicts about a city and its records on a day."""

    def __init__(self, city, tree, on):
        super().__init__(city.rows, tree, on)
        self.records, self.totals = city.records, city.totals

    def all(self):
        super().all()
        for station in self.rows["社工站"]:
            self.in_time(station["站点编码"])
        self.agreeing()
        return self.verdicts

    def of_station(self, code):
        return [row for row in self.records if row["站"] == code]

    def done(self, row, step):
        """Whether the step had been taken by the end of the day."""
        return row[step] is not None and row[step] <= self.on

    # --- records and totals

    def in_time(self, station):
        rows = self.of_station(station)
        if not rows:
            return
        year_ago = anniversary(self.on, -1)
        due = [row for row in rows if year_ago < row["应报"] < self.on]
        if not due:
            self.say("REP-01", "station", station, "not_applicable")
            return
        good = [row for row in due if row["报送"] and row["报送"] <= row["应报"]]
        status = "met" if len(good) == len(due) else "watch"  # inferred: never worse
        self.say("REP-01", "station", station, status, share(len(good), len(due)), share(1, 1))

    def agreeing(self):
        right = total = 0
        for kept in self.totals:
            months = (self.on.year - kept["月"].year) * 12 + self.on.month - kept["月"].month
            if months >= 12:
                continue
            taken = [row for row in self.records if row["月"] == kept["月"] and row["接收"]]
            total += 1
            right += len(taken) == kept["份"] and kept["工时"] == sum(row["工时"] for row in taken)
        if total:
            status = "met" if right == total else "watch"
            self.say("REP-03", "area", self.tree.root, status, share(right, total), share(1, 1))

    # --- hours

    def project(self, project):
        super().project(project)
        if self.of_station(project["社工站编码"]):
            self.year(project)
            self.pace(project)

    def months(self, project, year):
        """The months whose first day lies in the project year."""
        day, found = anniversary(project["起始日期"], year - 1), []
        while day < anniversary(project["起始日期"], year):
            if day.day == 1:
                found.append(day)
            day += DAY
        return found

    def told(self, project, months):
        """Records of the months that say hours on the day: the accepted ones, and the others."""
        rows = [
            row
            for row in self.of_station(project["社工站编码"])
            if row["月"] in months and row["工时"] is not None and self.done(row, "报送")
        ]
        accepted = [row for row in rows if self.done(row, "接收")]
        return accepted, [row for row in rows if row not in accepted]

    def mixed(self, project, months):
        others = self.sheet("项目", 社工站编码=project["社工站编码"])
        return any(
            self.is_active(other, month)
            for month in months
            for other in others
            if other is not project
        )

    def year(self, project):
        number, start = project["项目编号"], project["起始日期"]
        least, over = project["年度最低工时"], year_of(start, self.on + DAY) - 1
        if not least or not over:
            self.say("HRS-01", "project", number, "not_applicable")
            return
        months = self.months(project, over)
        if self.mixed(project, months):
            self.say("HRS-01", "project", number, "no_data")
            return
        accepted, waiting = self.told(project, months)
        done, filed = hours(accepted), hours(accepted) + hours(waiting)
        status = "not_met"
        if len(accepted) + len(waiting) < 12 or filed >= least:
            status = "no_data"
        if done >= least:
            status = "met"
        gap = {"hours": f"{Decimal(least) - done:.2f}"} if done < least else None
        self.say("HRS-01", "project", number, status, f"{done}", f"{least:.2f}", gap)

    def pace(self, project):
        number, least = project["项目编号"], project["年度最低工时"]
        if not least:
            self.say("HRS-03", "project", number, "not_applicable")
            return
        months = self.months(project, year_of(project["起始日期"], self.on))
        accepted, waiting = self.told(project, months)
        if self.mixed(project, [row["月"] for row in [*accepted, *waiting]]):
            self.say("HRS-03", "project", number, "no_data")
        elif accepted:
            self.progress(number, least, accepted, sum(map(length, months)))
        else:
            rows = self.of_station(project["社工站编码"])
            due = any(row["月"] in months and row["应报"] < self.on for row in rows)
            self.say("HRS-03", "project", number, "no_data" if due else "not_applicable")

    def progress(self, number, least, accepted, year_days):
        done, days = hours(accepted), sum(length(row["月"]) for row in accepted)
        line = Fraction(9 * least * days, 10 * year_days)
        cents = Decimal(ceil(line * 100)) / 100
        status = "met" if done >= line else "watch"  # inferred: never worse
        gap = {"hours": f"{cents - done:.2f}"} if done < line else None
        self.say("HRS-03", "project", number, status, f"{done}", f"{cents:.2f}", gap)


def hours(rows):
    return sum((Decimal(row["工时"]) for row in rows), Decimal(0))


def length(month):
    later = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (later - month).days
