"""Findings in words, the same on the page, in the report and on the command line."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.findings import Finding, Reason, Status, SubjectKind
from compliance.packs import Clause, Pack
from compliance.shares import Share

TITLES = {
    "COV-01": gettext_lazy("镇街社工站全覆盖"),
    "CERT-01": gettext_lazy("第一年持证比例≥1/2"),
    "CERT-03": gettext_lazy("第三年持证比例≥2/3"),
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
}


def sentence(finding: Finding) -> str:
    """What was found, with the numbers that decided it."""
    return _SENTENCES[finding.rule](finding)


def shortfall(finding: Finding) -> str:
    """What is missing and the ways to mend it; empty where nothing is."""
    gap = finding.shortfall
    if gap is None:
        return ""
    if gap.streets is not None:
        return _streets_missing(finding, gap.streets)
    if gap.by_hiring is None:
        return _("再有 %(people)s 名在岗社工取得证书。") % {"people": gap.people}
    return _("再有 %(people)s 名在岗社工取得证书，或新聘 %(by_hiring)s 名持证社工。") % {
        "people": gap.people,
        "by_hiring": gap.by_hiring,
    }


def _streets_missing(finding: Finding, streets: int) -> str:
    if isinstance(finding.measured, Share):
        return _("再有 %(streets)s 个镇街的社工站投入运营。") % {"streets": streets}
    return _("至少有 1 个社工站投入运营。")


def citation(pack: Pack, clause: Clause) -> str:
    """The text and the article, as far as they are known."""
    number = f"（{pack.document}）" if pack.document else ""
    return f"《{pack.title}》{number}{clause.article or _('（条号未取得）')}"


def percent(share: Share) -> str:
    """One decimal, rounded down so that nothing looks as if it reached its floor."""
    per_mille = share.per_mille()
    return "—" if per_mille is None else f"{per_mille // 10}.{per_mille % 10}%"


def _coverage(finding: Finding) -> str:
    if finding.reason is Reason.NO_STREETS:
        return _("范围内没有计入覆盖率的镇街。")
    if isinstance(finding.measured, Share):
        return _area_coverage(finding, finding.measured)
    if finding.reason is Reason.OPENING:
        return _("没有运营中的社工站，筹建中的社工站将于%(day)s启用。") % {
            "day": _day(finding, "opens_on")
        }
    if finding.measured:
        return _("有 %(stations)s 个运营中的社工站。") % {"stations": finding.measured}
    return _("没有运营中的社工站。")


def _area_coverage(finding: Finding, share: Share) -> str:
    return _(
        "应覆盖镇街 %(den)s 个，有运营中社工站的 %(num)s 个，占 %(percent)s；"
        "要求至少 %(needed)s 个。"
    ) % {
        "den": share.den,
        "num": share.num,
        "percent": percent(share),
        "needed": share.needed(_floor(finding)),
    }


def _certified(finding: Finding, applies: str) -> str:
    year = finding.details["year"]
    if finding.reason is Reason.OTHER_YEAR:
        return _("项目处于第 %(year)s 年，%(applies)s") % {"year": year, "applies": applies}
    if finding.reason is Reason.UNASSIGNED:
        return _(
            "社工站同时有两个在期项目，%(people)s 名社工的任职没有写明项目编号，无法计算持证比例。"
        ) % {"people": finding.details["people"]}
    if finding.reason is Reason.NOBODY:
        return _("项目没有在岗社工，无法计算持证比例。")
    return _certified_share(finding) + _certified_remark(finding)


def _certified_share(finding: Finding) -> str:
    share, floor = cast(Share, finding.measured), _floor(finding)
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


def _certified_remark(finding: Finding) -> str:
    if finding.reason is Reason.AWAITING_VERIFICATION:
        return _("另有 %(pending)s 人的证书待核验，全部通过后为 %(share)s，达到要求。") % {
            "pending": finding.details["pending"],
            "share": finding.if_verified,
        }
    if finding.reason is Reason.GRACE:
        return _("项目刚开始，%(day)s及以前不判不符合。") % {"day": _day(finding, "grace_until")}
    return ""


def _first_year(finding: Finding) -> str:
    return _certified(finding, _("本条款只适用于第 1 年。"))


def _from_third_year(finding: Finding) -> str:
    return _certified(finding, _("本条款从第 3 年起适用。"))


_SENTENCES: dict[str, Callable[[Finding], str]] = {
    "COV-01": _coverage,
    "CERT-01": _first_year,
    "CERT-03": _from_third_year,
}


def _floor(finding: Finding) -> Share:
    return cast(Share, finding.required)


def _day(finding: Finding, name: str) -> str:
    day = date.fromisoformat(str(finding.details[name]))
    return _("%(year)d年%(month)d月%(day)d日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
