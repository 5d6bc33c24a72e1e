"""Opens a month: a record for each station that operates in it."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from filings import actions
from filings.actions.opening import InTheFuture, NoTemplate
from tenancy.commands import USAGE, tenant_named
from tenancy.context import tenant_context
from tenancy.models import User
from tenancy.periods import Period, UnknownPeriod, parse_period


def month(text: str) -> Period:
    """One month such as 2026-10."""
    try:
        period = parse_period(text)
    except UnknownPeriod:
        period = None
    if period is None or period.name.count("-") != 1 or not period.name[-2:].isdecimal():
        raise ArgumentTypeError(_("“%s”不是月份，应写成 2026-10。") % text)
    return period


class Command(BaseCommand):
    """Exit 0 when opened, now or before; 2 when the month or tenant is unknown or it cannot be."""

    help = "开启一个月份的月报：为当月运营的每个社工站建一份；可重复执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", type=month, help="月份，如 2026-10")
        parser.add_argument("--tenant", required=True, help="租户标识")

    def handle(self, *_args: Any, period: Period, **options: Any) -> None:
        tenant = tenant_named(options["tenant"])
        with tenant_context(tenant.pk):
            try:
                opened = actions.open_period(period=period, by=User.objects.system(tenant))
            except InTheFuture as refused:
                sentence = _("%s 还没有开始，不能开启。") % period.name
                raise CommandError(sentence, returncode=USAGE) from refused
            except NoTemplate as refused:
                sentence = _("%s 没有可用的月报模板，请先用 load_template 载入。") % period.name
                raise CommandError(sentence, returncode=USAGE) from refused
        for warning in opened.warnings:
            self.stderr.write(_("注意：%s") % warning)
        told = {"month": period.name, "made": opened.made, "stood": opened.stood}
        self.stdout.write(_("%(month)s：新建 %(made)s 份，已有 %(stood)s 份。") % told)
