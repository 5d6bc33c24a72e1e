"""Permissions are data: the verbs, and the roles as sets of verbs (domain matrix C2)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    """What may be done at an area and everything below it."""

    VIEW_AREA = "view_area", _("查看行政区划")
    CHANGE_AREA = "change_area", _("维护行政区划")
    VIEW_ORGANISATION = "view_organisation", _("查看机构")
    CHANGE_ORGANISATION = "change_organisation", _("维护机构")
    VIEW_APPOINTMENT = "view_appointment", _("查看任命")
    APPOINT = "appoint", _("任命与停用人员")
    VIEW_STATION = "view_station", _("查看社工站")
    CHANGE_STATION = "change_station", _("维护社工站")
    VIEW_WORKER = "view_worker", _("查看人员")
    CHANGE_WORKER = "change_worker", _("维护人员")
    VERIFY_CERTIFICATE = "verify_certificate", _("核验证书")
    REVEAL_IDENTITY = "reveal_identity", _("查看完整身份证号")
    VIEW_PROJECT = "view_project", _("查看购买服务项目")
    CHANGE_PROJECT = "change_project", _("维护购买服务项目")
    VIEW_SUPERVISION = "view_supervision", _("查看督导")
    CHANGE_SUPERVISION = "change_supervision", _("维护督导")
    IMPORT_CITY = "import_city", _("导入台账")
    VIEW_FINDING = "view_finding", _("查看核验结果")
    EVALUATE = "evaluate", _("发起核验")
    OVERRIDE_PARAMETER = "override_parameter", _("调整规则参数")
    BUILD_REPORT = "build_report", _("生成合规报告")
    ISSUE_NOTICE = "issue_notice", _("出具整改通知和通报")
    VIEW_RECORD = "view_record", _("查看月报")
    FILL_RECORD = "fill_record", _("填写月报")
    SUBMIT_RECORD = "submit_record", _("报送月报")
    REVIEW_RECORD = "review_record", _("初审月报")
    ACCEPT_RECORD = "accept_record", _("接收月报")
    REMIND_RECORD = "remind_record", _("催办月报")
    EXTEND_RECORD = "extend_record", _("延长月报期限")
    REOPEN_RECORD = "reopen_record", _("重开已归档月报")
    SET_FILING = "set_filing", _("设置月报规则和工作日历")
    VIEW_AUDIT = "view_audit", _("查看审计记录")


class Role(TextChoices):
    """The offices of the field; what each is called is the tenant's own affair."""

    CITY_AUTHORITY = "city_authority", _("市民政局")
    CITY_FINANCE = "city_finance", _("市财政局")
    DISTRICT_AUTHORITY = "district_authority", _("区民政局")
    DISTRICT_FINANCE = "district_finance", _("区财政局")
    STREET_OFFICE = "street_office", _("镇街")
    COMMUNITY_COMMITTEE = "community_committee", _("村居")
    OPERATOR = "operator", _("机构总部")
    STATION_HEAD = "station_head", _("站长")
    WORKER = "worker", _("社工")
    SUPERVISION_CENTRE = "supervision_centre", _("督导中心主管")
    SUPERVISOR = "supervisor", _("督导")
    EVALUATOR = "evaluator", _("评估员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


@dataclass(frozen=True)
class Duties:
    """What a role may do itself, and what it may only hand on when it appoints others."""

    verbs: frozenset[Permission]
    hands_on: frozenset[Permission] = frozenset()

    @property
    def grantable(self) -> frozenset[Permission]:
        return self.verbs | self.hands_on


P = Permission
_READ = {P.VIEW_AREA, P.VIEW_ORGANISATION, P.VIEW_STATION, P.VIEW_PROJECT, P.VIEW_FINDING}
_READ_PEOPLE = _READ | {P.VIEW_WORKER, P.VIEW_SUPERVISION, P.VIEW_RECORD}
_FILE = {P.FILL_RECORD, P.SUBMIT_RECORD}
_ACCEPT = {P.ACCEPT_RECORD, P.EXTEND_RECORD, P.REOPEN_RECORD}
_CHANGE = {
    P.CHANGE_STATION,
    P.CHANGE_WORKER,
    P.CHANGE_PROJECT,
    P.VERIFY_CERTIFICATE,
    P.REVEAL_IDENTITY,
}
_OVERSEE = _READ_PEOPLE | {P.EVALUATE, P.BUILD_REPORT, P.VIEW_APPOINTMENT, P.APPOINT}
# An authority speaks to others in writing.
_GOVERN = _OVERSEE | {P.ISSUE_NOTICE, P.REMIND_RECORD}
_RUN_PLACE = {P.CHANGE_AREA, P.CHANGE_ORGANISATION}
_RUN_RULES = {P.IMPORT_CITY, P.OVERRIDE_PARAMETER}

ROLES: dict[Role, Duties] = {
    Role.CITY_AUTHORITY: Duties(
        frozenset(_GOVERN | _RUN_PLACE | _RUN_RULES | {P.SET_FILING}),
        # Records are corrected by who files them, and judged by who is next to them.
        frozenset(_CHANGE | {P.CHANGE_SUPERVISION, P.REVIEW_RECORD} | _FILE | _ACCEPT),
    ),
    Role.CITY_FINANCE: Duties(frozenset(_READ)),
    Role.DISTRICT_AUTHORITY: Duties(
        frozenset(_GOVERN | {P.CHANGE_ORGANISATION} | _RUN_RULES | _ACCEPT),
        frozenset(_CHANGE | {P.REVIEW_RECORD} | _FILE),
    ),
    Role.DISTRICT_FINANCE: Duties(frozenset(_READ)),
    Role.STREET_OFFICE: Duties(
        frozenset(
            _GOVERN | {P.CHANGE_STATION, P.CHANGE_PROJECT, P.VERIFY_CERTIFICATE, P.REVIEW_RECORD}
        ),
        frozenset({P.CHANGE_WORKER, P.REVEAL_IDENTITY} | _FILE),
    ),
    Role.COMMUNITY_COMMITTEE: Duties(frozenset({P.VIEW_AREA})),
    Role.OPERATOR: Duties(
        frozenset(_OVERSEE | {P.CHANGE_WORKER, P.REVEAL_IDENTITY} | _FILE) - {P.EVALUATE}
    ),
    Role.STATION_HEAD: Duties(
        frozenset(_READ_PEOPLE | {P.CHANGE_WORKER, P.REVEAL_IDENTITY, P.BUILD_REPORT} | _FILE)
    ),
    Role.WORKER: Duties(frozenset(_READ_PEOPLE | {P.FILL_RECORD})),
    Role.SUPERVISION_CENTRE: Duties(
        frozenset(
            _READ_PEOPLE | {P.CHANGE_SUPERVISION, P.VIEW_APPOINTMENT, P.APPOINT, P.BUILD_REPORT}
        )
    ),
    Role.SUPERVISOR: Duties(frozenset(_READ_PEOPLE)),
    Role.EVALUATOR: Duties(frozenset(_READ_PEOPLE | {P.BUILD_REPORT})),
    # Three administrators kept apart: none of them reads ledgers or people.
    Role.SYSTEM_ADMIN: Duties(
        frozenset({P.VIEW_AREA, P.VIEW_ORGANISATION, P.VIEW_APPOINTMENT} | _RUN_PLACE)
    ),
    Role.SECURITY_ADMIN: Duties(frozenset({P.VIEW_AREA, P.VIEW_APPOINTMENT, P.APPOINT})),
    Role.AUDIT_ADMIN: Duties(frozenset({P.VIEW_AREA, P.VIEW_AUDIT})),
}


def roles_with(verb: Permission) -> list[Role]:
    """The roles that may do it."""
    return [role for role, duties in ROLES.items() if verb in duties.verbs]


# Where a role that belongs to one level of the tree is offered; at a tenant's root every one is.
_ABOVE_DISTRICTS = frozenset({"nation", "province", "city"})
LEVELS: dict[Role, frozenset[str]] = {
    Role.CITY_AUTHORITY: _ABOVE_DISTRICTS,
    Role.CITY_FINANCE: _ABOVE_DISTRICTS,
    Role.DISTRICT_AUTHORITY: frozenset({"district"}),
    Role.DISTRICT_FINANCE: frozenset({"district"}),
    Role.STREET_OFFICE: frozenset({"street"}),
    Role.COMMUNITY_COMMITTEE: frozenset({"community"}),
    Role.STATION_HEAD: frozenset({"station"}),
    Role.WORKER: frozenset({"station"}),
}


def fits(role: Role, level: str) -> bool:
    """Whether the role has business at an area of that level."""
    return level in LEVELS.get(role, {level})
