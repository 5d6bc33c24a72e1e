"""SUP: supervision in words."""

from django.utils.translation import gettext as _

from compliance.findings import Finding, Reason


def _centre(finding: Finding) -> str:
    if finding.reason is Reason.NOT_ROOT:
        return _("只对全市核验。")
    return _(
        "在期的督导中心 %(centres)s 个，管理人员 %(managers)s 名，专职督导 %(full_time)s 名；"
        "要求三项都有。"
    ) % dict(finding.details)


def _person(finding: Finding) -> str:
    if finding.measured:
        return _("有 %(number)s 项在期的督导安排。") % {"number": finding.measured}
    return _("本人和所在社工站都没有在期的督导安排。")


SENTENCES = {"SUP-01": _centre, "SUP-02": _person}
