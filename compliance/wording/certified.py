"""CERT: certified shares in words."""

from typing import cast

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason
from compliance.shares import Share
from compliance.wording.numbers import compared, day, percent


def _unknown(finding: Finding, applies: str) -> str:
    """Why there is no share to speak of; empty where there is one."""
    if finding.reason is Reason.OTHER_YEAR:
        year = finding.details["year"]
        return _("项目处于第 %(year)s 年，%(applies)s") % {"year": year, "applies": applies}
    if finding.reason is Reason.UNASSIGNED:
        return _(
            "社工站同时有两个在期项目，%(people)s 名社工的任职没有写明项目编号，无法计算持证比例。"
        ) % {"people": finding.details["people"]}
    if finding.reason is Reason.NOBODY:
        return _("项目没有在岗社工，无法计算持证比例。")
    return ""


def _floor(finding: Finding, applies: str) -> str:
    unknown = _unknown(finding, applies)
    return unknown or _share(finding) + _remark(finding)


def _share(finding: Finding) -> str:
    share, floor = cast(Share, finding.measured), cast(Share, finding.required)
    return _(
        "持证 %(num)s 人，在岗社工 %(den)s 人，占 %(percent)s；"
        "要求不低于 %(floor)s（至少 %(needed)s 人）。"
    ) % {
        "num": share.num,
        "den": share.den,
        "percent": percent(share),
        "floor": floor,
        "needed": share.needed(floor),
    }


def _remark(finding: Finding) -> str:
    if finding.reason is Reason.AWAITING_VERIFICATION:
        return _awaiting(finding)
    if finding.reason is Reason.GRACE:
        return _("项目刚开始，%(day)s及以前不判不符合。") % {"day": day(finding, "grace_until")}
    return ""


def _awaiting(finding: Finding) -> str:
    return _("另有 %(pending)s 人的证书待核验，全部通过后为 %(share)s，达到要求。") % {
        "pending": finding.details["pending"],
        "share": finding.if_verified,
    }


def _first_year(finding: Finding) -> str:
    return _floor(finding, _("本条款只适用于第 1 年。"))


def _second_year(finding: Finding) -> str:
    return _floor(finding, _("本条款只适用于第 2 年。"))


def _from_third_year(finding: Finding) -> str:
    return _floor(finding, _("本条款从第 3 年起适用。"))


def _rising(finding: Finding) -> str:
    unknown = _unknown(finding, _("本条款从第 2 年起适用。"))
    return unknown or _now(finding) + _before(finding) + _outcome(finding)


def _now(finding: Finding) -> str:
    share = cast(Share, finding.measured)
    return _("持证 %(num)s 人，在岗社工 %(den)s 人，占 %(percent)s；") % {
        "num": share.num,
        "den": share.den,
        "percent": percent(share),
    }


def _before(finding: Finding) -> str:
    last_day = day(finding, "baseline_on")
    if finding.reason is Reason.NO_BASELINE:
        return _("上一年度最后一天（%(day)s）没有在岗社工记录，也没有期初持证数，无法比较。") % {
            "day": last_day
        }
    before = cast(Share, finding.required)
    told = {"day": last_day, "share": before, "percent": percent(before)}
    if finding.details["attested"]:
        return _("上一年度最后一天（%(day)s）的期初持证数为 %(share)s，占 %(percent)s。") % told
    return _("上一年度最后一天（%(day)s）为 %(share)s，占 %(percent)s。") % told


def _outcome(finding: Finding) -> str:
    if finding.reason is Reason.AWAITING_VERIFICATION:
        return _awaiting(finding)
    if finding.reason is Reason.EQUAL:
        return _("与上一年度持平，%(day)s前应当提高。") % {"day": day(finding, "year_ends_on")}
    return ""


def _rising_formula(finding: Finding) -> str:
    """Cross-multiplied; whoever is all certified needs no comparison."""
    share, before = finding.measured, finding.required
    if not isinstance(share, Share) or not isinstance(before, Share) or not share.den:
        return ""
    if share.num == share.den:
        return f"{share.num} = {share.den}"
    sign = compared(share.num * before.den, before.num * share.den)
    return f"{share.num} × {before.den} {sign} {before.num} × {share.den}"


def _missing(finding: Finding) -> str:
    gap = finding.shortfall
    people, by_hiring = (gap.people, gap.by_hiring) if gap else (0, None)
    if by_hiring is None:
        return _("再有 %(people)s 名在岗社工取得证书。") % {"people": people}
    return _("再有 %(people)s 名在岗社工取得证书，或新聘 %(by_hiring)s 名持证社工。") % {
        "people": people,
        "by_hiring": by_hiring,
    }


SENTENCES = {
    "CERT-01": _first_year,
    "CERT-02": _rising,
    "CERT-03": _from_third_year,
    "CERT-04": _second_year,
}
SHORTFALLS = dict.fromkeys(SENTENCES, _missing)
FORMULAS = {"CERT-02": _rising_formula}
