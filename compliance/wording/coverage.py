"""COV: streets and points in words."""

from typing import cast

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason
from compliance.shares import Share
from compliance.wording.numbers import day, percent


def _streets(finding: Finding) -> str:
    if finding.reason is Reason.NO_STREETS:
        return _("范围内没有计入覆盖率的镇街。")
    if isinstance(finding.measured, Share):
        return _area(finding, finding.measured)
    if finding.reason is Reason.OPENING:
        return _("没有运营中的社工站，筹建中的社工站将于%(day)s启用。") % {
            "day": day(finding, "opens_on")
        }
    if finding.measured:
        return _("有 %(stations)s 个运营中的社工站。") % {"stations": finding.measured}
    return _("没有运营中的社工站。")


def _area(finding: Finding, share: Share) -> str:
    return _(
        "应覆盖镇街 %(den)s 个，有运营中社工站的 %(num)s 个，占 %(percent)s；"
        "要求至少 %(needed)s 个。"
    ) % {
        "den": share.den,
        "num": share.num,
        "percent": percent(share),
        "needed": share.needed(cast(Share, finding.required)),
    }


def _streets_missing(finding: Finding) -> str:
    if isinstance(finding.measured, Share) and finding.shortfall:
        streets = finding.shortfall.streets
        return _("再有 %(streets)s 个镇街的社工站投入运营。") % {"streets": streets}
    return _("至少有 1 个社工站投入运营。")


def _point(finding: Finding) -> str:
    share = cast(Share, finding.measured)
    if finding.reason is Reason.NO_COMMUNITIES:
        return _("没有登记覆盖的村居，无法判断。")
    if share.num == share.den:
        return _("覆盖的 %(den)s 个村居都在社工站所在镇街。") % {"den": share.den}
    return _("覆盖的 %(den)s 个村居中，%(foreign)s 个不在社工站所在镇街。") % {
        "den": share.den,
        "foreign": share.den - share.num,
    }


SENTENCES = {"COV-01": _streets, "COV-04": _point}
SHORTFALLS = {"COV-01": _streets_missing}
