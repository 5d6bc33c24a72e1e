from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tenancy.areas import listing
from tenancy.areas.loading import AnotherRoot, Loaded, load_areas
from tenancy.commands import tenant_named
from tenancy.context import tenant_context
from tenancy.models import User


class Command(BaseCommand):
    """Load a tenant's tree from official lists: all faults at once, and then nothing written."""

    help = _("从官方区划表载入租户的区划树；再次载入即更新。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("CSV：code,name,level,parent_code。"))
        parser.add_argument("--tenant", required=True, help=_("租户标识。"))
        parser.add_argument(
            "--root", required=True, help=_("最上级的 12 位代码；000000000000 表示全国。")
        )
        parser.add_argument(
            "--communities", type=Path, nargs="*", default=[], help=_("村居表，可给多个。")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = tenant_named(options["tenant"])
        try:
            rows = listing.read([options["file"], *options["communities"]])
            placed = listing.subtree(rows, options["root"])
            with tenant_context(tenant.pk):
                loaded = load_areas(listed=placed, by=User.objects.system(tenant))
        except listing.Unusable as unusable:
            raise CommandError(_faults(unusable)) from unusable
        except AnotherRoot as other:
            raise CommandError(_("租户的区划树以%s为最上级，与 --root 不同。") % other) from other
        self.stdout.write(_summary(loaded))


def _faults(unusable: listing.Unusable) -> str:
    count = _("区划表有 %s 处问题，没有写入任何内容：") % len(unusable.faults)
    return "\n".join([count, *map(str, unusable.faults)])


def _summary(loaded: Loaded) -> str:
    counts = {"new": loaded.new, "changed": loaded.changed, "same": loaded.same}
    lines = [_("新增 %(new)s，改名 %(changed)s，不变 %(same)s。") % counts]
    if loaded.missing:
        lines.append(_("表中没有、库里仍有的 %s 个区划（请核对后撤并）：") % len(loaded.missing))
    lines += [f"{area.code} {area.name}" for area in loaded.missing]
    return "\n".join(lines)
