from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tenancy import audit_anchors
from tenancy.audit import head
from tenancy.audit_verification import verify
from tenancy.commands import tenant_named
from tenancy.context import tenant_context
from tenancy.models import Tenant


class Command(BaseCommand):
    """Recompute the audit chains and compare them with their anchors; exit 1 on any fault."""

    help = _("核对审计链：改动、删除、截尾、插入、调换都会指出位置。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", help=_("租户标识；不给时核对全部租户。"))

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["tenant"]
        tenants = [tenant_named(slug)] if slug else Tenant.objects.order_by("slug")
        broken = [tenant.slug for tenant in tenants if self._is_broken(tenant)]
        if broken:
            raise CommandError(_("审计链有问题：%s。") % "、".join(broken))

    def _is_broken(self, tenant: Tenant) -> bool:
        with tenant_context(tenant.pk):
            faults = [*verify(tenant)]
            seq, _mac = head()
        for fault in faults:
            self.stdout.write(f"{tenant.slug} {fault}")
        if not faults:
            counts = {"rows": seq, "anchors": len(audit_anchors.read(tenant.slug))}
            words = _("完好，共 %(rows)s 条，库外存证 %(anchors)s 条。") % counts
            self.stdout.write(f"{tenant.slug} {words}")
        return bool(faults)
