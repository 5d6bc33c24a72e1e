"""POST-01, POST-02, POST-03: where posts sit, in words."""

from django.utils.translation import gettext as _

from compliance.findings import Finding, Status


def _admin(finding: Finding) -> str:
    if finding.status is Status.MET:
        return _("事务性岗位设在社工站。")
    return _("事务性岗位设在社工点，应设在社工站。")


def _service(finding: Finding) -> str:
    if finding.status is Status.MET:
        return _("服务性岗位设在社工点。")
    return _("服务性岗位设在社工站，应设在社工点。")


def _both(finding: Finding) -> str:
    return _("有事务性岗位 %(admin)s 个、服务性岗位 %(service)s 个；要求两类岗位都有。") % {
        "admin": finding.details["admin"],
        "service": finding.details["service"],
    }


SENTENCES = {"POST-01": _admin, "POST-02": _service, "POST-03": _both}
