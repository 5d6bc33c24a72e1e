from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tenancy.actions.tenants import ask_for_reports
from tenancy.commands import tenant_named
from tenancy.context import tenant_context
from tenancy.models import User


class Command(BaseCommand):
    """What the tenant wants made by itself; what is not named ends."""

    help = _("设定一个租户是否每月、每季自动生成合规报告（全域和各区县各一份）。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help=_("租户标识。"))
        parser.add_argument("--monthly", action="store_true", help=_("每月生成。"))
        parser.add_argument("--quarterly", action="store_true", help=_("每季生成。"))

    def handle(self, *args: Any, monthly: bool, quarterly: bool, **options: Any) -> None:
        tenant = tenant_named(options["tenant"])
        with tenant_context(tenant.pk):
            by = User.objects.system(tenant)
            ask_for_reports(tenant=tenant, monthly=monthly, quarterly=quarterly, by=by)
        yes_no = {True: _("是"), False: _("否")}
        self.stdout.write(
            _("每月：%(monthly)s；每季：%(quarterly)s。")
            % {"monthly": yes_no[monthly], "quarterly": yes_no[quarterly]}
        )
