from argparse import ArgumentParser
from secrets import token_urlsafe
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tenancy.database_setup import Login, ServerTooOld, missing_roles, prepare, url_for

KEPT = "***"


class Command(BaseCommand):
    """Prepare a PostgreSQL server and print the two addresses that the platform takes."""

    help = _("在 PostgreSQL 服务器上建立角色、数据库、扩展与权限，并打印两个连接地址。")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin-url", required=True, help=_("管理员的连接地址。"))
        parser.add_argument("--database", default="zhandian", help=_("数据库名。"))
        for role, name in (("owner", "zhandian_owner"), ("runtime", "zhandian")):
            parser.add_argument(f"--{role}", default=name, help=_("角色名。"))
            parser.add_argument(
                f"--{role}-password",
                help=_(
                    "角色的密码；不给时，新角色得到随机密码，已有角色保持原密码（显示为 ***）。"
                ),
            )

    def handle(self, *args: Any, **options: Any) -> None:
        admin_url, database = options["admin_url"], options["database"]
        try:
            owner, runtime = _logins(options)
            prepare(admin_url, database=database, owner=owner, runtime=runtime)
        except ServerTooOld as error:
            raise CommandError(_("PostgreSQL 版本过低：需要 15 或更高版本。")) from error
        except psycopg2.Error as error:
            raise CommandError(
                _("数据库没有建好：%(reason)s请检查 --admin-url 的地址、密码与权限。")
                % {"reason": error}
            ) from error
        for variable, login in (("DATABASE_URL", runtime), ("MIGRATION_DATABASE_URL", owner)):
            address = url_for(admin_url, login._replace(password=login.password or KEPT), database)
            self.stdout.write(f"{variable}={address.replace('%2A', '*')}")


def _logins(options: dict[str, Any]) -> tuple[Login, Login]:
    names = options["owner"], options["runtime"]
    missing = missing_roles(options["admin_url"], *names)
    fresh = {name: token_urlsafe(24) for name in missing}
    owner, runtime = (
        Login(name, given or fresh.get(name))
        for name, given in zip(
            names, (options["owner_password"], options["runtime_password"]), strict=True
        )
    )
    return owner, runtime
