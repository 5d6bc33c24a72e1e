"""POST-05: people on post in words."""

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason
from compliance.wording.numbers import day


def _heads(finding: Finding) -> str:
    if finding.reason is Reason.UNASSIGNED:
        return _(
            "社工站同时有两个在期项目，%(people)s 人的任职没有写明项目编号，无法计算在岗人数。"
        ) % {"people": finding.details["people"]}
    return _counted(finding) + _remark(finding)


def _counted(finding: Finding) -> str:
    return _("购买服务渠道在岗 %(people)s 人，按工作量折合 %(heads)s 名；约定 %(agreed)s 名。") % {
        "people": finding.details["people"],
        "heads": finding.measured,
        "agreed": finding.required,
    }


def _remark(finding: Finding) -> str:
    if not finding.shortfall:
        return ""
    if finding.reason is Reason.RECENT:
        return _("%(day)s未见同样缺员，先提示。") % {"day": day(finding, "since")}
    return _("%(day)s已经缺员。") % {"day": day(finding, "since")}


def _formula(finding: Finding) -> str:
    if finding.measured is None:
        return ""
    return f"{finding.measured} {'<' if finding.shortfall else '≥'} {finding.required}"


def _missing(finding: Finding) -> str:
    people = finding.shortfall.people if finding.shortfall else 0
    return _("再有 %(people)s 人到岗。") % {"people": people}


SENTENCES = {"POST-05": _heads}
FORMULAS = {"POST-05": _formula}
SHORTFALLS = {"POST-05": _missing}
