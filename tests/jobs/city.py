"""A small city workbook that is right in every cell; tests spoil one thing at a time."""

from datetime import date

HEADS = {
    "社工站": ["站点编码", "名称", "镇街代码", "运营模式", "站点类型", "承接机构", "地址", "面积",
              "启用日期", "暂停起", "暂停止", "关闭日期"],
    "社工点": ["社工点编码", "名称", "社工站编码", "覆盖村居代码", "启用日期", "停用日期"],
    "岗位": ["岗位编码", "社工站编码", "社工点编码", "岗位类别", "岗位名称", "设置日期", "撤销日期"],
    "人员": ["人员编码", "姓名", "身份证号", "性别", "学历", "是否社工", "用工渠道", "所属机构",
            "入职日期", "离职日期"],
    "任职": ["人员编码", "岗位编码", "项目编号", "开始日期", "结束日期", "工作量占比"],
    "证书": ["人员编码", "级别", "管理号", "取得日期", "核验状态", "登记有效期至"],
    "项目": ["项目编号", "社工站编码", "承接机构", "服务年限", "经费标准", "约定人数", "年度预算",
            "总额", "年度最低工时", "起始日期"],
}  # fmt: skip
OPERATOR = "示例社会工作服务中心"
STREET, COMMUNITY = "440105020000", "440105020001"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(number: int) -> str:
    """A valid identity number of a division that does not exist."""
    body = f"99000019900101{number % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def sheets() -> dict[str, list[list[object]]]:
    """One station with a point, two posts, two people, one project."""
    rows = {
        "社工站": [["S1", "凤阳街社工站", STREET, "购买服务", "综合站", OPERATOR, "凤阳街 1 号", 120.5,
                   date(2024, 1, 1), None, None, None]],
        "社工点": [["D1", "凤阳社区社工点", "S1", COMMUNITY, "2024/1/1", None]],
        "岗位": [["G1", "S1", None, "事务性", "站长", "2024.1.1", None],
                ["G2", "S1", "D1", "服务性", None, "2024年1月1日", None]],
        "人员": [["R1", "王小明", identity(1), "男", "本科", "是", "购买服务", OPERATOR, 20240101, None],
                ["R2", "𠮷田", None, None, None, None, "购买服务", None, "20240101", None]],
        "任职": [["R1", "G1", "X1", "2024-01-01", None, 1],
                ["R2", "G2", None, "2024-01-01", "2026-12-31", None]],
        "证书": [["R1", "助理社会工作师", "GL-1", "2023-06-01", "已核验", "2027-06-01"],
                ["R1", "社会工作师", None, "2025-06-01", "待核验", None]],
        "项目": [["X1", "S1", OPERATOR, 3, 120000, 20, "2,400,000", 7200000, 35244, "2024-01-01"]],
    }  # fmt: skip
    return {name: [HEADS[name], *body] for name, body in rows.items()}


def with_cell(sheet: str, row: int, head: str, value: object) -> dict[str, list[list[object]]]:
    """The right workbook with one cell (row as Excel numbers it) changed."""
    book = sheets()
    book[sheet][row - 1][HEADS[sheet].index(head)] = value
    return book


def crowd(people: int) -> dict[str, list[list[object]]]:
    """Many people, each on the station's post at a point with one certificate."""
    book = sheets()
    for number in range(10, people + 10):
        code = f"R{number}"
        book["人员"].append([code, f"测试员{number}", None, "女", "本科", "是", "购买服务", OPERATOR,
                            "2024-01-01", None])  # fmt: skip
        book["任职"].append([code, "G2", None, "2024-01-01", None, None])
        book["证书"].append([code, "社会工作师", None, "2023-06-01", "已核验", None])
    return book
