"""The words of verdicts: titles of rules, statuses, kinds, and what a row counts as."""

from django.utils.translation import gettext_lazy

from compliance.findings import Status, SubjectKind

TITLES = {
    "COV-01": gettext_lazy("镇街社工站全覆盖"),
    "COV-04": gettext_lazy("社工点归属与管辖一致"),
    "POST-01": gettext_lazy("事务性岗位设在社工站"),
    "POST-02": gettext_lazy("服务性岗位设在社工点"),
    "POST-03": gettext_lazy("站点岗位统筹齐备"),
    "POST-05": gettext_lazy("在岗人数达到采购约定"),
    "POST-06": gettext_lazy("购买标准（每名社工每年经费）"),
    "POST-07": gettext_lazy("合同总额与年额一致"),
    "CERT-01": gettext_lazy("第一年持证比例不低于1/2"),
    "CERT-02": gettext_lazy("持证比例逐年提高"),
    "CERT-03": gettext_lazy("第三年持证比例不低于2/3"),
    "CERT-04": gettext_lazy("第二年不低于1/2"),
    "HRS-01": gettext_lazy("年度服务工时达标"),
    "HRS-03": gettext_lazy("工时进度"),
    "REP-01": gettext_lazy("月报按期"),
    "REP-03": gettext_lazy("月季年汇总一致"),
    "SUP-01": gettext_lazy("市级督导中心组建"),
    "SUP-02": gettext_lazy("督导全覆盖"),
    "PROC-02": gettext_lazy("三年周期一年一签"),
    "PROC-03": gettext_lazy("30日内签约"),
    "PROC-04": gettext_lazy("补充合同不超10%"),
}
STATUSES = {
    Status.MET: gettext_lazy("符合"),
    Status.WATCH: gettext_lazy("需关注"),
    Status.NOT_MET: gettext_lazy("不符合"),
    Status.NOT_APPLICABLE: gettext_lazy("不适用"),
    Status.NO_DATA: gettext_lazy("数据不足"),
    Status.WAIVED: gettext_lazy("已暂缓"),
}
KINDS = {
    SubjectKind.AREA: gettext_lazy("区域"),
    SubjectKind.PROJECT: gettext_lazy("项目"),
    SubjectKind.CONTRACT: gettext_lazy("合同"),
    SubjectKind.POST: gettext_lazy("岗位"),
    SubjectKind.STATION: gettext_lazy("社工站"),
    SubjectKind.POINT: gettext_lazy("社工点"),
    SubjectKind.WORKER: gettext_lazy("社工"),
    SubjectKind.RECORD: gettext_lazy("月报"),
}
COUNTS_AS = {
    "": "",
    "certified": gettext_lazy("持证"),
    "pending": gettext_lazy("证书待核验"),
    "uncertified": gettext_lazy("未持证"),
    "unassigned": gettext_lazy("任职未写明项目"),
    "operating": gettext_lazy("运营中"),
    "opening": gettext_lazy("筹建中"),
    "not_operating": gettext_lazy("未运营"),
    "uncovered": gettext_lazy("没有运营中的社工站"),
    "other_street": gettext_lazy("不在社工站所在镇街"),
    "responsible": gettext_lazy("所属社工站"),
    "site": gettext_lazy("岗位所在"),
    "admin_post": gettext_lazy("事务性岗位"),
    "service_post": gettext_lazy("服务性岗位"),
    "on_post": gettext_lazy("在岗"),
    "in_force": gettext_lazy("在期"),
    "not_in_force": gettext_lazy("不在期"),
    "late": gettext_lazy("迟报"),
    "missing": gettext_lazy("未报"),
    "accepted": gettext_lazy("已接收"),
    "awaiting": gettext_lazy("已报送、待接收"),
}
