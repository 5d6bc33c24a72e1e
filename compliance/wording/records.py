"""REP: monthly records and their totals in words."""

from typing import cast

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason
from compliance.shares import Share


def _in_time(finding: Finding) -> str:
    if finding.reason is Reason.NOT_YET:
        return _("还没有到应报日的月报。")
    share = cast(Share, finding.measured)
    missing = cast(int, finding.details["missing"])
    return _(
        "过去一年应报月报 %(due)s 份，按期报送 %(on_time)s 份，迟报 %(late)s 份，"
        "未报 %(missing)s 份；要求都按期报送。"
    ) % {
        "due": share.den,
        "on_time": share.num,
        "late": share.den - share.num - missing,
        "missing": missing,
    }


def _totals(finding: Finding) -> str:
    share = cast(Share, finding.measured)
    said = _("最近十二个月中有汇总的 %(months)s 个月，与已接收月报一致的 %(agree)s 个。") % {
        "months": share.den,
        "agree": share.num,
    }
    return said + _differing(finding)


def _differing(finding: Finding) -> str:
    months = str(finding.details["months"]).split()
    return _("不一致：%(months)s。") % {"months": _("、").join(months)} if months else ""


SENTENCES = {"REP-01": _in_time, "REP-03": _totals}
