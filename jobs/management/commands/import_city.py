"""Import a city workbook from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jobs.imports import Fault, Outcome, apply, check
from tenancy.commands import USAGE, tenant_named, user_named
from tenancy.context import tenant_context
from tenancy.models import Tenant, User

FAULTY = 1


class Command(BaseCommand):
    """Exit 0 when written (or, with --check, writable), warnings or not; 1 when the workbook has
    errors and nothing was written; 2 when called wrongly: no such file, tenant or user.
    """

    help = "导入城市台账工作簿：全部写入，或者一行也不写。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, help="租户标识")
        parser.add_argument("--check", action="store_true", help="只检查，不写入")
        parser.add_argument("--as", dest="username", default="", help="以此账号的权限导入")
        parser.add_argument("--json", action="store_true", dest="as_json", help="标准输出只有 JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            sentence = _("没有文件 %(file)s。") % {"file": options["file"]}
            raise CommandError(sentence, returncode=USAGE)
        tenant = tenant_named(options["tenant"])
        verb = check if options["check"] else apply
        with tenant_context(tenant.pk):
            outcome = verb(options["file"], _acting(tenant, options["username"]))
        self._say(outcome, as_json=options["as_json"])
        if not outcome.ok:
            raise SystemExit(FAULTY)

    def _say(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
            return
        for fault in outcome.errors:
            self.stderr.write(_line(_("错误"), fault))
        for fault in outcome.warnings:
            self.stderr.write(_line(_("提醒"), fault))
        for sheet, count in outcome.counts.items():
            words = {"sheet": sheet, **vars(count)}
            self.stdout.write(_("%(sheet)s：新增 %(new)d，更新 %(changed)d，未变 %(same)d") % words)
        self.stdout.write(_verdict(outcome))


def _line(kind: str, fault: Fault) -> str:
    place = [
        fault.sheet,
        _("第 %(row)d 行") % {"row": fault.row} if fault.row else "",
        fault.column,
    ]
    where = " ".join(part for part in place if part)
    return f"{kind} {where} {fault.message}{fault.remedy}"


def _verdict(outcome: Outcome) -> str:
    if not outcome.ok:
        return _("有 %(count)d 处错误，没有写入。") % {"count": len(outcome.errors)}
    return _("已写入。") if outcome.applied else _("检查通过，没有写入。")


def _acting(tenant: Tenant, username: str) -> User:
    system: User = User.objects.system(tenant)
    return user_named(tenant, username) if username else system
