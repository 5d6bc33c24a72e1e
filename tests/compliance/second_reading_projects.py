"""The second reading goes on: projects, their people, money and contracts."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from tests.compliance.second_reading import Places, anniversary, inside, share, year_of

PRICE, PRICE_SINCE = 120_000, date(2023, 4, 7)
GRACE, SIGN, RENEW = 30, 30, 60


class Reading(Places):
    """All verdicts about a city on a day."""

    def all(self):
        super().all()
        for project in self.rows["项目"]:
            if self.is_active(project, self.on):
                self.project(project)
        return self.verdicts

    def team(self, project, on):
        """The placements of purchased people in the project, and whether nobody can say whose."""
        rivals = [
            one
            for one in self.sheet("项目", 社工站编码=project["社工站编码"])
            if self.is_active(one, on)
        ]
        counted, unknown = [], []
        for placement, worker, post in self.on_post(on):
            if worker["用工渠道"] != "购买服务" or post["社工站编码"] != project["社工站编码"]:
                continue
            named = placement.get("项目编号")
            if named == project["项目编号"] or (not named and len(rivals) == 1):
                counted.append((placement, worker))
            elif not named:
                unknown.append((placement, worker))
        return counted, unknown

    def people(self, project, on):
        """n, c, p and whether somebody cannot be assigned."""
        counted, unknown = self.team(project, on)
        social = {w["人员编码"] for _, w in counted if w.get("是否社工") != "否"}
        lost = any(w.get("是否社工") != "否" for _, w in unknown)
        certified = {code for code in social if self.holds(code, "已核验", on)}
        pending = {code for code in social - certified if self.holds(code, "待核验", on)}
        return len(social), len(certified), len(pending), lost

    def holds(self, worker, state, on):
        rows = self.sheet("证书", 人员编码=worker, 核验状态=state)
        return any(row["取得日期"] <= on for row in rows)

    def project(self, project):
        self.certified(project)
        self.rising(project)
        self.heads(project)
        self.money(project)
        self.contracts(project)

    def certified(self, project):
        number, year = project["项目编号"], year_of(project["起始日期"], self.on)
        n, c, p, lost = self.people(project, self.on)
        for rule, applies, num, den in (
            ("CERT-01", year == 1, 1, 2),
            ("CERT-04", year == 2, 1, 2),
            ("CERT-03", year >= 3, 2, 3),
        ):
            floor = share(num, den)
            if not applies:
                self.say(rule, "project", number, "not_applicable", None, floor)
            elif lost:
                self.say(rule, "project", number, "no_data", None, floor)
            elif n == 0:
                self.say(rule, "project", number, "no_data", share(0, 0), floor)
            elif den * c >= num * n:
                self.say(rule, "project", number, "met", share(c, n), floor)
            else:
                status = "watch" if rule == "CERT-04" else "not_met"
                if self.on <= project["起始日期"] + timedelta(days=GRACE):
                    status = "watch"
                if den * (c + p) >= num * n:
                    status = "no_data"
                gap = {
                    "people": ceil(Fraction(num * n, den)) - c,
                    "by_hiring": next(k for k in range(10_000) if den * (c + k) >= num * (n + k)),
                }
                self.say(rule, "project", number, status, share(c, n), floor, gap)

    def rising(self, project):
        number, start = project["项目编号"], project["起始日期"]
        year = year_of(start, self.on)
        if year == 1:
            self.say("CERT-02", "project", number, "not_applicable")
            return
        last = anniversary(start, year) - timedelta(days=1)
        before = anniversary(start, year - 1) - timedelta(days=1)
        n, c, p, lost = self.people(project, self.on)
        n0, c0, _, lost0 = self.people(project, before)
        if lost or lost0 or n == 0 or n0 == 0:
            self.say("CERT-02", "project", number, "no_data")
            return

        def higher(count, of):
            return count * n0 > c0 * of

        if c == n or higher(c, n):
            self.say("CERT-02", "project", number, "met", share(c, n), share(c0, n0))
            return
        equal = c * n0 == c0 * n
        status = "watch" if equal and self.on != last else "not_met"
        if status == "not_met" and (c + p == n or higher(c + p, n)):
            status = "no_data"
        gap = {"people": next(k for k in range(1, n + 1) if c + k == n or higher(c + k, n))}
        if c0 < n0:
            gap["by_hiring"] = next(k for k in range(1, 100_000) if higher(c + k, n + k))
        self.say("CERT-02", "project", number, status, share(c, n), share(c0, n0), gap)

    def agreed(self, project, on):
        for contract in self.sheet("合同", 项目编号=project["项目编号"]):
            if inside(on, contract["起始日期"], contract["结束日期"]) and contract.get(
                "年度约定人数"
            ):
                return contract["年度约定人数"]
        return project["约定人数"]

    def work(self, project, on):
        counted, unknown = self.team(project, on)
        total = sum(
            (Fraction(str(placement.get("工作量占比") or 1)) for placement, _ in counted),
            Fraction(0),
        )
        return total, bool(unknown)

    def heads(self, project):
        number = project["项目编号"]
        total, lost = self.work(project, self.on)
        agreed = self.agreed(project, self.on)
        if lost:
            self.say("POST-05", "project", number, "no_data", None, agreed)
            return
        if total >= agreed:
            self.say("POST-05", "project", number, "met", total, agreed)
            return
        earlier = self.on - timedelta(days=30)
        status = "watch"
        if self.is_active(project, earlier):
            then, unknown = self.work(project, earlier)
            if not unknown and then < self.agreed(project, earlier):
                status = "not_met"
        self.say(
            "POST-05", "project", number, status, total, agreed, {"people": ceil(agreed - total)}
        )

    def money(self, project):
        number = project["项目编号"]
        heads, budget = project["约定人数"], Decimal(project["年度预算"])
        if project["起始日期"] < PRICE_SINCE:
            self.say("POST-06", "project", number, "not_applicable")
        elif budget < heads * PRICE:
            gap = {"yuan": Decimal(heads * PRICE) - budget}
            self.say("POST-06", "project", number, "watch", budget, Decimal(heads * PRICE), gap)
        elif heads < budget // PRICE:
            afford = int(budget // PRICE)
            self.say(
                "POST-06", "project", number, "watch", heads, afford, {"people": afford - heads}
            )
        else:
            self.say("POST-06", "project", number, "met", budget, Decimal(heads * PRICE))
        total, due = project.get("总额"), budget * project["服务年限"]
        if total is None:
            self.say("POST-07", "project", number, "no_data", None, due)
            return
        gap = {"yuan": due - total} if total < due else None
        self.say(
            "POST-07",
            "project",
            number,
            "met" if total == due else "watch",
            Decimal(total),
            due,
            gap,
        )

    # --- contracts

    def contracts(self, project):
        number = project["项目编号"]
        contracts = sorted(self.sheet("合同", 项目编号=number), key=lambda row: row["起始日期"])
        self.years(project, contracts)
        for contract in contracts:
            code = f"{number}/{contract['年度序号']}"
            if contract["年度序号"] == 1:
                self.signing(code, contract)
            extra, amount = Decimal(contract.get("补充金额") or 0), Decimal(contract["金额"])
            status = "met" if 10 * extra <= amount else "not_met"
            self.say("PROC-04", "contract", code, status)

    def years(self, project, contracts):
        number = project["项目编号"]
        if not contracts:
            self.say("PROC-02", "project", number, "no_data")
            return
        gaps = 0
        for earlier, later in zip(contracts, contracts[1:], strict=False):
            gaps += max(0, (later["起始日期"] - earlier["结束日期"]).days - 1)
        ends = max(row["结束日期"] for row in contracts)
        term = anniversary(project["起始日期"], project["服务年限"]) - timedelta(days=1)
        left = (ends - self.on).days
        if gaps:
            self.say("PROC-02", "project", number, "watch", gaps, 0)
        elif ends < term and left <= RENEW:
            self.say("PROC-02", "project", number, "watch", left, RENEW)
        else:
            self.say("PROC-02", "project", number, "met", 0, 0)

    def signing(self, code, contract):
        noticed, signed = contract.get("中标通知日期"), contract.get("签订日期")
        if not noticed or not signed:
            self.say("PROC-03", "contract", code, "no_data", None, SIGN)
            return
        days = (signed - noticed).days
        self.say("PROC-03", "contract", code, "met" if days <= SIGN else "watch", days, SIGN)
