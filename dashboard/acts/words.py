"""What acts are called, and what stands in their details."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.ledgers import registered, translated

Words = dict[str, Any]

READING: Words = {
    "reveal-identity": gettext_lazy("查看完整身份证号"),
    "list-workers": gettext_lazy("经接口读取人员"),
    "export-ledger": gettext_lazy("导出台账列表"),
    "export-dashboard": gettext_lazy("导出区划情况"),
    "download-dashboard": gettext_lazy("下载区划情况"),
    "download-reports": gettext_lazy("下载镇街合规报告"),
    "export-city": gettext_lazy("导出全部台账"),
    "export-board": gettext_lazy("导出月报进度"),
    "export-totals": gettext_lazy("导出月报汇总"),
    "download-report": gettext_lazy("下载合规报告"),
    "download-notice": gettext_lazy("下载通知"),
    "download-document": gettext_lazy("下载文件"),
    "download-workbook": gettext_lazy("下载月报填报表"),
    "search-audit": gettext_lazy("检索审计记录"),
    "export-audit": gettext_lazy("导出审计记录"),
}
LEDGERS: Words = {
    "open-station": gettext_lazy("设立社工站"),
    "move-station": gettext_lazy("迁移社工站"),
    "place-worker": gettext_lazy("安排任职"),
    "verify-certificate": gettext_lazy("核验证书"),
    "upload-import": gettext_lazy("上传台账"),
    "confirm-import": gettext_lazy("确认导入"),
    "discard-import": gettext_lazy("放弃导入"),
    "import-city": gettext_lazy("导入台账"),
}
PLACES: Words = {
    "load-areas": gettext_lazy("载入行政区划"),
    "change-area": gettext_lazy("修改行政区划"),
    "replace-area": gettext_lazy("变更行政区划"),
    "merge-area": gettext_lazy("撤并行政区划"),
}
PEOPLE: Words = {
    "sign-in": gettext_lazy("登录"),
    "sign-out": gettext_lazy("退出登录"),
    "fail-sign-in": gettext_lazy("登录失败"),
    "invite": gettext_lazy("新建账号"),
    "change-account": gettext_lazy("修改账号"),
    "end-account": gettext_lazy("停用账号"),
    "reset-password": gettext_lazy("重置密码"),
    "change-password": gettext_lazy("修改密码"),
    "appoint": gettext_lazy("任命"),
    "end-appointment": gettext_lazy("结束任命"),
    "renew-grants": gettext_lazy("更新授权"),
    "issue-token": gettext_lazy("签发令牌"),
    "end-tokens": gettext_lazy("作废令牌"),
}
RULES: Words = {
    "evaluate": gettext_lazy("核验"),
    "override-parameter": gettext_lazy("调整规则参数"),
    "end-override": gettext_lazy("结束参数调整"),
    "attest-opening-figure": gettext_lazy("登记期初持证数"),
    "withdraw-opening-figure": gettext_lazy("撤回期初持证数"),
    "build-report": gettext_lazy("生成合规报告"),
    "issue-notice": gettext_lazy("出具通知"),
    "print-notice": gettext_lazy("生成通知的 PDF 和 DOCX"),
    "withdraw-notice": gettext_lazy("撤回通知"),
    "print-dashboard": gettext_lazy("生成区划情况"),
    "ask-for-reports": gettext_lazy("设定自动报告"),
}
FILINGS: Words = {
    "open-period": gettext_lazy("开启月报"),
    "save-record": gettext_lazy("填写月报"),
    "submit-record": gettext_lazy("报送月报"),
    "withdraw-record": gettext_lazy("撤回月报"),
    "street-accept-record": gettext_lazy("镇街审核通过月报"),
    "accept-record": gettext_lazy("接收月报"),
    "return-record": gettext_lazy("退回月报"),
    "lock-record": gettext_lazy("归档月报"),
    "reopen-record": gettext_lazy("重开月报"),
    "lapse-record": gettext_lazy("重开到期，恢复月报原数"),
    "extend-record": gettext_lazy("延长月报期限"),
    "remind-record": gettext_lazy("催办月报"),
    "upload-workbook": gettext_lazy("上传月报填报表"),
    "confirm-workbook": gettext_lazy("确认写入月报草稿"),
    "load-template": gettext_lazy("载入月报模板"),
    "set-filing": gettext_lazy("设置月报规则"),
    "set-workday": gettext_lazy("调整工作日历"),
    "forget-workday": gettext_lazy("删除工作日历的调整"),
    "confirm-calendar": gettext_lazy("核定工作日历"),
}
JOBS: Words = {
    "request-job": gettext_lazy("提交任务"),
    "cancel-job": gettext_lazy("取消任务"),
    "retry-job": gettext_lazy("重试任务"),
}

DETAILS: Words = {
    "act": gettext_lazy("行为"),
    "cells": gettext_lazy("单元格"),
    "certified": gettext_lazy("持证人数"),
    "changed": gettext_lazy("修改数"),
    "counts": gettext_lazy("行数"),
    "day": gettext_lazy("日期"),
    "days": gettext_lazy("天数"),
    "document": gettext_lazy("DOCX 指纹"),
    "due_day": gettext_lazy("应报日"),
    "errors": gettext_lazy("错误数"),
    "fields": gettext_lazy("涉及栏目"),
    "from": gettext_lazy("原区划"),
    "import": gettext_lazy("导入编号"),
    "instrument": gettext_lazy("依据文件"),
    "is_workday": gettext_lazy("是否上班"),
    "keys": gettext_lazy("对象编号"),
    "kind": gettext_lazy("类别"),
    "ledger": gettext_lazy("台账"),
    "lock_day": gettext_lazy("锁定日"),
    "month": gettext_lazy("月份"),
    "new": gettext_lazy("新增数"),
    "number": gettext_lazy("编号"),
    "offices": gettext_lazy("任命数"),
    "on": gettext_lazy("日期"),
    "pack": gettext_lazy("规则包"),
    "parameter": gettext_lazy("参数"),
    "period": gettext_lazy("期间"),
    "project": gettext_lazy("项目编号"),
    "reason": gettext_lazy("理由"),
    "reasons": gettext_lazy("退回原因"),
    "return_workdays": gettext_lazy("退改期限（工作日）"),
    "records": gettext_lazy("月报数"),
    "role": gettext_lazy("角色"),
    "rows": gettext_lazy("行数"),
    "rule": gettext_lazy("规则"),
    "sha256": gettext_lazy("文件指纹"),
    "same": gettext_lazy("不变数"),
    "since": gettext_lazy("开始日期"),
    "size": gettext_lazy("文件大小（字节）"),
    "slug": gettext_lazy("模板"),
    "station": gettext_lazy("社工站编码"),
    "street_first": gettext_lazy("先由镇街审核"),
    "successor": gettext_lazy("新区划编号"),
    "to": gettext_lazy("新区划"),
    "tokens": gettext_lazy("令牌数"),
    "until": gettext_lazy("结束日期"),
    "user": gettext_lazy("账号"),
    "valid_from": gettext_lazy("开始日期"),
    "valid_to": gettext_lazy("结束日期"),
    "value": gettext_lazy("取值"),
    "verification": gettext_lazy("核验结论"),
    "version": gettext_lazy("版本"),
    "who": gettext_lazy("按行为人筛选"),
    "withdraw_minutes": gettext_lazy("可撤回（分钟）"),
    "words": gettext_lazy("按编码或名称筛选"),
    "workers": gettext_lazy("人数"),
    "year": gettext_lazy("项目年度"),
}

READS, WRITES = "reads", "writes"
WHOLES: Words = {
    READS: gettext_lazy("查看与导出（全部）"),
    WRITES: gettext_lazy("其他行为（全部）"),
}
VIEW, CREATE, CHANGE = "view", "create", "change"


def reading() -> Words:
    """Acts by which somebody came to know something."""
    viewed = {
        f"{VIEW}-{ledger.thing}": _("查看%s") % translated(ledger.sheet)
        for ledger in registered().values()
        if ledger.personal
    }
    return viewed | READING


def groups() -> list[tuple[Any, Words]]:
    """All acts by what they are about, as a select offers them."""
    return [
        (_("查看与导出"), reading()),
        (_("台账"), LEDGERS | _kept()),
        (_("行政区划"), PLACES),
        (_("账号与任命"), PEOPLE),
        (_("规则与报告"), RULES),
        (_("月报"), FILINGS),
        (_("任务"), JOBS),
    ]


def _kept() -> Words:
    """What each ledger lets people do to its rows."""
    kept = {}
    for ledger in registered().values():
        sheet = translated(ledger.sheet)
        kept[f"{CREATE}-{ledger.thing}"] = _("新增%s") % sheet
        kept[f"{CHANGE}-{ledger.thing}"] = _("修改%s") % sheet
    return kept


def verb_words() -> dict[str, str]:
    """Each act in words."""
    return {verb: str(word) for _title, words in groups() for verb, word in words.items()}


def choices() -> Iterable[tuple[Any, Any]]:
    """For a select: everything, two kinds as a whole, then act by act."""
    yield "", _("全部行为")
    yield from WHOLES.items()
    for title, words in groups():
        yield title, list(words.items())
