"""HRS: service hours in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from compliance.findings import Finding, Quantity, Reason
from compliance.shares import Share
from tenancy.formats import num


def _hours(amount: Quantity | str | None) -> str:
    """35,244, before 小时."""
    return num(Decimal(str(amount)))


def _unknown(finding: Finding) -> str:
    """Why there is nothing to compare; empty where there is."""
    if finding.reason is Reason.NO_MINIMUM:
        return _("没有登记年度最低工时。")
    if finding.reason is Reason.UNASSIGNED:
        return _("社工站有 %(months)s 个月同时有两个在期项目，月报工时无法分到项目。") % dict(
            finding.details
        )
    return ""


def _year(finding: Finding) -> str:
    if finding.reason is Reason.NOT_YET:
        return _("第 1 个项目年度还没有结束。")
    return _unknown(finding) or _reached(finding) + _waiting(finding)


def _reached(finding: Finding) -> str:
    return _("第 %(year)s 年已接收月报的服务工时共 %(done)s 小时；要求不少于 %(least)s 小时。") % {
        "year": finding.details["year"],
        "done": _hours(finding.measured),
        "least": _hours(finding.required),
    }


def _waiting(finding: Finding) -> str:
    told = {"months": finding.details["months"], "filed": _hours(str(finding.details["filed"]))}
    if finding.reason is Reason.MONTHS_MISSING:
        return _("另有 %(months)s 个月没有报送工时，连同待接收的月报现为 %(filed)s 小时。") % told
    if finding.reason is Reason.AWAITING_ACCEPTANCE:
        return _("待接收的月报全部接收后为 %(filed)s 小时，达到要求。") % told
    return ""


def _pace(finding: Finding) -> str:
    if finding.reason is Reason.NOT_YET:
        return _("本项目年度还没有到应报日的月报。")
    if finding.reason is Reason.AWAITING_ACCEPTANCE:
        return _("本项目年度的月报还没有接收，无法计算进度。")
    return _unknown(finding) or _progress(finding)


def _progress(finding: Finding) -> str:
    return _(
        "本项目年度已接收 %(months)s 个月，服务工时 %(done)s 小时；"
        "年度最低 %(minimum)s 小时，按天数折算的 %(pace)s 为 %(line)s 小时。"
    ) % {
        "months": finding.details["months"],
        "done": _hours(finding.measured),
        "minimum": _hours(str(finding.details["minimum"])),
        "pace": finding.details["pace"],
        "line": _hours(finding.required),
    }


def _year_formula(finding: Finding) -> str:
    if finding.measured is None:
        return ""
    sign = "<" if finding.shortfall else "≥"
    return f"{_hours(finding.measured)} {sign} {_hours(finding.required)}"


def _pace_formula(finding: Finding) -> str:
    """Multiplied out: no hour is lost to a division."""
    if finding.measured is None:
        return ""
    told, pace = finding.details, Share.parse(str(finding.details["pace"]))
    sign, minimum = "<" if finding.shortfall else "≥", _hours(str(told["minimum"]))
    return (
        f"{pace.den} × {told['year_days']} × {_hours(finding.measured)} {sign} "
        f"{pace.num} × {told['days']} × {minimum}"
    )


def _missing(finding: Finding) -> str:
    gap = finding.shortfall
    return _("还差 %(hours)s 小时。") % {"hours": _hours(gap.hours if gap else None)}


SENTENCES = {"HRS-01": _year, "HRS-03": _pace}
SHORTFALLS = dict.fromkeys(SENTENCES, _missing)
FORMULAS = {"HRS-01": _year_formula, "HRS-03": _pace_formula}
