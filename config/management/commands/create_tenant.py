import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from compliance.packs.loading import UnknownPack, load_pack, pack_ids
from tenancy.actions.tenants import SlugTaken, create_tenant


class Command(BaseCommand):
    """Open a tenant under a rule pack; stands here because it joins tenancy and compliance."""

    help = _("新建一个租户。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help=_("标识：小写字母、数字和短横线。"))
        parser.add_argument("--name", required=True, help=_("名称，如 广州市。"))
        parser.add_argument("--pack", required=True, help=_("规则包，如 guangzhou-2023。"))
        parser.add_argument(
            "--labels",
            default="{}",
            help=_('角色与级别的叫法（JSON），如 {"level": {"city": "市州"}}。'),
        )

    def handle(
        self, *args: Any, slug: str, name: str, pack: str, labels: str, **_opts: Any
    ) -> None:
        _known(pack)
        try:
            create_tenant(slug=slug, name=name, pack=pack, labels=_read(labels))
        except SlugTaken as error:
            raise CommandError(_("标识 %s 已被使用，请换一个。") % slug) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("已建租户 %(name)s（%(slug)s）。") % {"name": name, "slug": slug})


def _known(pack: str) -> None:
    try:
        load_pack(pack)
    except UnknownPack as error:
        known = "、".join(pack_ids())
        raise CommandError(
            _("没有规则包 %(pack)s。可用：%(known)s。") % {"pack": pack, "known": known}
        ) from error


def _read(labels: str) -> dict[str, object]:
    try:
        read = json.loads(labels)
    except json.JSONDecodeError as error:
        raise CommandError(_("--labels 不是 JSON：%s。") % error) from error
    if not isinstance(read, dict):
        raise CommandError(_('--labels 应是 JSON 对象，如 {"level": {…}, "role": {…}}。'))
    return read
