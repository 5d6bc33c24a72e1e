from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tenancy.actions.public_keys import issue_token
from tenancy.commands import tenant_named, user_named
from tenancy.context import tenant_context
from tenancy.models import User
from tenancy.models.public_key import MOST_DAYS

DAYS = 90


class Command(BaseCommand):
    """Standard output holds the token and nothing else, for whatever keeps it."""

    help = _("给一个账号发一枚 API 令牌，只显示这一次。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help=_("租户标识。"))
        parser.add_argument("--user", required=True, help=_("账号；令牌看得到的与它相同。"))
        parser.add_argument("--days", type=_days, default=DAYS, help=_("有效天数，默认 90。"))

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = tenant_named(options["tenant"])
        user, days = user_named(tenant, options["user"]), options["days"]
        with tenant_context(tenant.pk):
            token = issue_token(user=user, days=days, by=User.objects.system(tenant))
        sentence = _("令牌只显示这一次，%(days)s 天内有效，权限与账号 %(user)s 相同：")
        self.stderr.write(sentence % {"days": days, "user": user.username}, self.style.WARNING)
        self.stdout.write(token)


def _days(text: str) -> int:
    try:
        days = int(text)
    except ValueError:
        days = 0
    if not 1 <= days <= MOST_DAYS:
        raise ArgumentTypeError(_("天数是 1 至 %s 的整数。") % MOST_DAYS)
    return days
