"""A small city workbook with all eleven sheets, to be altered row by row."""

from copy import deepcopy
from datetime import date
from pathlib import Path

from jobs.imports import Outcome, apply, check
from tests.factories import AreaFactory
from tests.jobs import workbooks

HEADS = {
    "社工站": "站点编码* 名称* 镇街代码* 运营模式* 站点类型 承接机构 地址 面积 启用日期* 暂停起 暂停止 关闭日期",
    "社工点": "社工点编码* 名称* 社工站编码* 覆盖村居代码 启用日期* 停用日期",
    "岗位": "岗位编码* 社工站编码* 社工点编码 岗位类别* 岗位名称 设置日期* 撤销日期",
    "人员": "人员编码* 姓名* 身份证号 性别 学历 是否社工 用工渠道* 所属机构 入职日期* 离职日期",
    "任职": "人员编码* 岗位编码* 项目编号 开始日期* 结束日期 工作量占比",
    "证书": "人员编码* 级别* 管理号 取得日期* 核验状态* 登记有效期至",
    "项目": "项目编号* 社工站编码* 承接机构* 服务年限* 经费标准(元/名·年) 约定人数* 年度预算* 总额 "
    "年度最低工时 起始日期*",
    "合同": "项目编号* 年度序号* 起始日期* 结束日期* 签订日期 金额* 年度约定人数 中标通知日期 补充金额",
    "督导中心": "名称* 受托机构* 合同起* 合同止*",
    "督导人员": "督导编码* 姓名* 性质*(管理/专职/外聘) 督导中心名称 开始日期* 结束日期",
    "督导安排": "督导编码* 督导对象类型*(社工站/人员) 督导对象编码* 开始日期* 结束日期",
}
STREET, ELSEWHERE, AWAY = "440105020000", "440105021000", "440106001000"
COMMUNITIES = ["440105020001", "440105020002"]
FOREIGN_COMMUNITY = "440105021001"
IDENTITY = "990000199001010033"
OPERATOR = "示例社会工作服务中心"
CENTRE = "示例市（第一）督导中心"
OLD = date(2020, 1, 1)
ROWS = {
    "社工站": [
        ["S1", "凤阳街社工站", STREET, "购买服务", "综合站", OPERATOR, "示例路1号", 320, OLD],
        ["S2", "江海街社工站", ELSEWHERE, "混合", None, OPERATOR, None, None, OLD],
    ],
    "社工点": [
        ["D1", "凤阳一号点", "S1", ";".join(COMMUNITIES), OLD],
        ["D2", "江海一号点", "S2", FOREIGN_COMMUNITY, OLD],
    ],
    "岗位": [
        ["G1", "S1", None, "事务性", "站长", OLD],
        ["G2", "S1", "D1", "服务性", "社工", OLD],
        ["G3", "S2", "D2", "服务性", None, OLD],
    ],
    "人员": [
        ["R1", "陈一", IDENTITY, "女", "本科", "是", "购买服务", OPERATOR, OLD],
        ["R2", "李二", None, None, None, None, "双百直聘", None, OLD],
    ],
    "任职": [
        ["R1", "G1", "P1", OLD, None, 0.5],
        ["R1", "G2", None, OLD, None, 0.5],
        ["R2", "G3", None, OLD, None, None],
    ],
    "证书": [["R1", "社会工作师", "GL001", OLD, "已核验", date(2030, 1, 1)]],
    "项目": [["P1", "S1", OPERATOR, 3, 120000, 20, 2400000, 7200000, 35244, OLD]],
    "合同": [
        ["P1", 1, OLD, date(2020, 12, 31), date(2019, 12, 20), 2400000, 20, date(2019, 12, 1)],
        ["P1", 2, date(2021, 1, 1), date(2021, 12, 31), date(2020, 12, 20), 2400000],
    ],
    "督导中心": [[CENTRE, "示例督导服务中心", OLD, date(2029, 12, 31)]],
    "督导人员": [
        ["DD1", "王督导", "管理", CENTRE, OLD],
        ["DD2", "赵督导", "专职", CENTRE, OLD],
        ["DD3", "钱督导", "外聘", None, OLD],
    ],
    "督导安排": [
        ["DD2", "社工站", "S1", OLD, date(2020, 12, 31)],
        ["DD2", "社工站", "S1", date(2021, 1, 1)],
        ["DD3", "人员", "R2", OLD],
    ],
}
SHEETS = tuple(HEADS)


class CityBook:
    """The rows, and what the import says about them."""

    def __init__(self, folder: Path, user) -> None:
        self.file, self.user = folder / "city.xlsx", user
        self.rows = deepcopy(ROWS)
        self.heads = {sheet: heads.split() for sheet, heads in HEADS.items()}

    def only(self, *sheets: str) -> "CityBook":
        self.rows = {sheet: self.rows[sheet] for sheet in sheets}
        return self

    def put(self, sheet: str, number: int, **cells: object) -> "CityBook":
        """Fill cells of a row (1 is the first below the head) by the bare heads."""
        row = self.rows[sheet][number - 1]
        row += [None] * (len(self.heads[sheet]) - len(row))
        bare = [head.partition("(")[0].strip("*") for head in self.heads[sheet]]
        for head, value in cells.items():
            row[bare.index(head)] = value
        return self

    def add(self, sheet: str, *cells: object) -> "CityBook":
        self.rows[sheet].append([*cells])
        return self

    def save(self) -> Path:
        sheets = {sheet: [self.heads[sheet], *rows] for sheet, rows in self.rows.items()}
        return workbooks.write(self.file, sheets)

    def check(self) -> Outcome:
        return check(self.save(), self.user)

    def apply(self) -> Outcome:
        return apply(self.save(), self.user)

    def errors(self) -> list[tuple[str, int, str]]:
        return [(fault.sheet, fault.row, fault.column) for fault in self.check().errors]

    def warnings(self) -> list[tuple[str, int, str]]:
        outcome = self.check()
        assert outcome.ok, outcome.errors
        return [(fault.sheet, fault.row, fault.column) for fault in outcome.warnings]


def plant_city(root) -> dict[str, object]:
    """The districts, streets and communities that the workbook names."""
    haizhu = AreaFactory(level="district", code="440105000000", name="海珠区", parent=root)
    tianhe = AreaFactory(level="district", code="440106000000", name="天河区", parent=root)
    street = AreaFactory(code=STREET, name="凤阳街道", parent=haizhu)
    elsewhere = AreaFactory(code=ELSEWHERE, name="江海街道", parent=haizhu)
    away = AreaFactory(code=AWAY, name="五山街道", parent=tianhe)
    for code in COMMUNITIES:
        AreaFactory(level="community", code=code, name=f"社区{code}", parent=street)
    AreaFactory(level="community", code=FOREIGN_COMMUNITY, name="江海社区", parent=elsewhere)
    return {"haizhu": haizhu, "tianhe": tianhe, STREET: street, ELSEWHERE: elsewhere, AWAY: away}
