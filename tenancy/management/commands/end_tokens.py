from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tenancy.actions.public_keys import end_tokens
from tenancy.commands import tenant_named, user_named
from tenancy.context import tenant_context
from tenancy.models import User


class Command(BaseCommand):
    """The way out for a token that went astray: all of its user's tokens end at once."""

    help = _("停用一个账号的全部 API 令牌。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help=_("租户标识。"))
        parser.add_argument("--user", required=True, help=_("账号。"))

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = tenant_named(options["tenant"])
        user = user_named(tenant, options["user"])
        with tenant_context(tenant.pk):
            ended = end_tokens(user=user, by=User.objects.system(tenant))
        self.stdout.write(_("已停用 %s 枚令牌。") % ended)
