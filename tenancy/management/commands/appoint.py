from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from tenancy.actions.appointments import Office, Refused, appoint
from tenancy.actions.people import UsernameTaken, invite
from tenancy.areas.lookup import find_area
from tenancy.commands import tenant_named
from tenancy.context import tenant_context
from tenancy.models import Area, Tenant, User
from tenancy.models.user import USERNAME
from tenancy.permissions import Role


class Command(BaseCommand):
    """Put somebody into an office in the system's name: the way to a tenant's first user."""

    help = _("任命一人；账号不存在时新建，并打印一次临时密码。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help=_("账号。"))
        parser.add_argument("--tenant", required=True, help=_("租户标识。"))
        parser.add_argument("--role", required=True, choices=Role.values, help=_("角色。"))
        parser.add_argument("--area", required=True, help=_("区划代码。"))
        parser.add_argument("--level", default="", choices=["", *Area.Level.values])
        parser.add_argument("--name", default="", help=_("姓名；新建账号时用，默认同账号。"))

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = tenant_named(options["tenant"])
        try:
            with tenant_context(tenant.pk):
                password = _appoint(tenant, options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("已任命 %s。") % options["username"])
        if password:
            self.stdout.write(_("临时密码（只显示这一次，3 天内有效）：%s") % password)


def _appoint(tenant: Tenant, options: dict[str, Any]) -> str:
    system = User.objects.system(tenant)
    area = find_area(system, options["area"], options["level"])
    if area is None:
        raise CommandError(_("租户里没有区划 %s，请先载入区划表。") % options["area"])
    person, password = _person(tenant, system, options)
    office = Office(Role(options["role"]), area, timezone.localdate())
    appoint(user=person, office=office, by=system)
    return password


def _person(tenant: Tenant, system: User, options: dict[str, Any]) -> tuple[User, str]:
    username = options["username"]
    existing = User.objects.filter(
        tenant=tenant, is_system=False, ended_at=None, username=username
    ).first()
    if existing:
        return existing, ""
    try:
        USERNAME(username)
        return invite(username=username, name=options["name"] or username, by=system)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    except UsernameTaken as error:
        raise CommandError(_("账号 %s 已被使用或已停用，请换一个。") % username) from error
