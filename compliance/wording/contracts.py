"""PROC: contracts in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason, Status
from compliance.shares import Share
from compliance.wording.numbers import day, money


def _years(finding: Finding) -> str:
    if finding.reason is Reason.NO_CONTRACT:
        return _("没有登记年度合同。")
    if finding.reason is Reason.GAP:
        return _("年度合同之间共有 %(days)s 天没有合同。") % {"days": finding.measured}
    if finding.reason is Reason.RENEWAL:
        return _renewal(finding, _days(finding.measured))
    return _("年度合同首尾相接。")


def _renewal(finding: Finding, left: int) -> str:
    ends = day(finding, "ends_on")
    if left < 0:
        return _("最后一份年度合同%(day)s到期，已过 %(days)s 天，项目还没有结束。") % {
            "day": ends,
            "days": -left,
        }
    return _(
        "最后一份年度合同%(day)s到期，还有 %(days)s 天；应提前 %(limit)s 天签订下一年度合同。"
    ) % {"day": ends, "days": left, "limit": finding.required}


def _days(quantity: object) -> int:
    return quantity if isinstance(quantity, int) else 0


def _years_formula(finding: Finding) -> str:
    if finding.measured is None:
        return ""
    sign = {Reason.GAP: ">", Reason.RENEWAL: "≤"}.get(finding.reason, "=")
    return f"{finding.measured} {sign} {finding.required}"


def _signing(finding: Finding) -> str:
    if finding.reason is Reason.NO_NOTICE:
        return _("没有登记中标通知日期，无法计算签约天数。")
    if finding.reason is Reason.NOT_SIGNED:
        return _("没有登记签订日期，无法计算签约天数。")
    return _(
        "中标通知%(noticed)s，合同签订%(signed)s，相隔 %(days)s 天；要求不超过 %(limit)s 天。"
    ) % {
        "noticed": day(finding, "noticed_on"),
        "signed": day(finding, "signed_on"),
        "days": finding.measured,
        "limit": finding.required,
    }


def _signing_formula(finding: Finding) -> str:
    if finding.measured is None:
        return ""
    sign = "≤" if finding.status is Status.MET else ">"
    return f"{finding.measured} {sign} {finding.required}"


def _supplement(finding: Finding) -> str:
    return _("补充金额 %(supplement)s 元，合同金额 %(amount)s 元；要求不超过 %(most)s 元。") % {
        "supplement": money(finding.measured),
        "amount": money(finding.details["amount"]),
        "most": money(finding.required),
    }


def _supplement_formula(finding: Finding) -> str:
    """Exact, whatever the cents of the ceiling."""
    ceiling = Share.parse(str(finding.details["ceiling"]))
    sign = "≤" if finding.status is Status.MET else ">"
    factor = "" if ceiling.num == 1 else f"{ceiling.num} × "
    amount = money(Decimal(str(finding.details["amount"])))
    return f"{ceiling.den} × {money(finding.measured)} {sign} {factor}{amount}"


SENTENCES = {"PROC-02": _years, "PROC-03": _signing, "PROC-04": _supplement}
FORMULAS = {
    "PROC-02": _years_formula,
    "PROC-03": _signing_formula,
    "PROC-04": _supplement_formula,
}
