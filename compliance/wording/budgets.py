"""POST-06, POST-07: a project's money in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason
from compliance.wording.numbers import compared, day, money


def _price(finding: Finding) -> str:
    if finding.reason is Reason.NO_STANDARD:
        return _("项目%(day)s开始，当天没有施行中的购买标准。") % {"day": day(finding, "starts_on")}
    return _balance(finding) + _claimed(finding)


def _balance(finding: Finding) -> str:
    price = money(finding.details["price"])
    if finding.reason is Reason.FEW_HEADS:
        return _(
            "按每名每年 %(price)s 元，年度预算够配备 %(affordable)s 名，约定 %(heads)s 名。"
        ) % {"price": price, "affordable": finding.required, "heads": finding.measured}
    return _(
        "年度预算 %(budget)s 元；约定 %(heads)s 名，按每名每年 %(price)s 元需要 %(needed)s 元。"
    ) % {
        "budget": money(finding.measured),
        "heads": finding.details["heads"],
        "price": price,
        "needed": money(finding.required),
    }


def _claimed(finding: Finding) -> str:
    """What the ledger claims as the standard does not decide."""
    if "claimed" not in finding.details:
        return ""
    return _("台账所填经费标准 %(claimed)s 元与此不同，不作依据。") % {
        "claimed": money(finding.details["claimed"])
    }


def _price_formula(finding: Finding) -> str:
    if finding.reason is Reason.NO_STANDARD:
        return ""
    if finding.reason is Reason.FEW_HEADS:
        return f"{finding.measured} < {finding.required}"
    product = f"{finding.details['heads']} × {money(finding.details['price'])}"
    return f"{money(finding.measured)} {'<' if finding.shortfall else '≥'} {product}"


def _total(finding: Finding) -> str:
    budget, years = money(finding.details["budget"]), finding.details["years"]
    if finding.reason is Reason.NO_TOTAL:
        return _("没有登记总额；年度预算 %(budget)s 元 × %(years)s 年 = %(product)s 元。") % {
            "budget": budget,
            "years": years,
            "product": money(finding.required),
        }
    return _("总额 %(total)s 元；年度预算 %(budget)s 元 × %(years)s 年 = %(product)s 元。") % {
        "total": money(finding.measured),
        "budget": budget,
        "years": years,
        "product": money(finding.required),
    }


def _total_formula(finding: Finding) -> str:
    if not isinstance(finding.measured, Decimal) or not isinstance(finding.required, Decimal):
        return ""
    sign = compared(finding.measured, finding.required)
    product = f"{money(finding.details['budget'])} × {finding.details['years']}"
    return f"{money(finding.measured)} {sign} {product}"


def _missing(finding: Finding) -> str:
    gap = finding.shortfall
    if gap and gap.yuan is not None:
        return _("少 %(yuan)s 元。") % {"yuan": money(gap.yuan)}
    return _("再约定 %(people)s 名。") % {"people": gap.people if gap else 0}


SENTENCES = {"POST-06": _price, "POST-07": _total}
SHORTFALLS = {"POST-06": _missing, "POST-07": _missing}
FORMULAS = {"POST-06": _price_formula, "POST-07": _total_formula}
