"""Makes the totals of records anew, or proves those that are kept."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from filings import totals
from filings.management.commands.open_period import month
from filings.totals.rebuilding import months
from tenancy.commands import tenant_named
from tenancy.context import tenant_context
from tenancy.models import Tenant
from tenancy.periods import Period

DIFFERENT = 1


class Command(BaseCommand):
    """Exit 0 when written or equal; 1 when `--check` found a difference, each named."""

    help = "由月报重算各级各月的汇总；--check 只核对，有差异时逐项列出并以 1 退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", help="租户标识；省略则逐个租户")
        parser.add_argument("--period", type=month, help="只重算这个月，如 2026-10")
        parser.add_argument("--check", action="store_true", help="只核对，不写入")

    def handle(self, *_args: Any, **options: Any) -> None:
        named = options["tenant"]
        tenants = [tenant_named(named)] if named else Tenant.objects.filter(ended_at=None)
        work = self._check if options["check"] else self._rebuild
        found = sum(work(tenant, options["period"]) for tenant in tenants)
        if options["check"] and found:
            raise SystemExit(DIFFERENT)

    def _check(self, tenant: Tenant, period: Period | None) -> int:
        found = 0
        with tenant_context(tenant.pk):
            for one in _months(period):
                for difference in totals.differences(one):
                    found += 1
                    told = {
                        "tenant": tenant.slug,
                        "area": difference.area,
                        "month": f"{difference.month:%Y-%m}",
                        "name": difference.name,
                        "kept": difference.kept,
                        "true": difference.true,
                    }
                    line = _("%(tenant)s %(area)s %(month)s %(name)s：存 %(kept)s，应为 %(true)s")
                    self.stdout.write(line % told)
        if not found:
            self.stdout.write(_("%s：汇总与月报一致。") % tenant.slug)
        return found

    def _rebuild(self, tenant: Tenant, period: Period | None) -> int:
        with tenant_context(tenant.pk):
            rebuilt = _months(period)
            for one in rebuilt:
                totals.rebuild(one)
        told = {"tenant": tenant.slug, "months": len(rebuilt)}
        self.stdout.write(_("%(tenant)s：已重算 %(months)s 个月。") % told)
        return len(rebuilt)


def _months(period: Period | None) -> list[Any]:
    return [period.first] if period else months()
