"""Write all ledgers of a tenant into a workbook."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jobs.imports.export import TooManyRows, export_city
from tenancy.context import tenant_context
from tenancy.identity import UnknownKey
from tenancy.models import Tenant, User

FAILED, USAGE = 1, 2
FOR_THE_OWNER = 0o600


class Command(BaseCommand):
    """Exit 0 when written, 1 when the data could not be read, 2 when called wrongly: no such
    tenant, or a place where nothing can be written.
    """

    help = (
        "导出租户的全部台账为一个工作簿，可以原样导入。"
        "身份证号完整写出：文件只应由运行单位保管，用后删除。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help="租户标识")
        parser.add_argument("--out", type=Path, required=True, help="写到哪个文件（.xlsx）")

    def handle(self, *_args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            sentence = _("没有租户 %(slug)s。") % {"slug": options["tenant"]}
            raise CommandError(sentence, returncode=USAGE)
        for sheet, count in self._export(tenant, options["out"]).items():
            self.stdout.write(_("%(sheet)s：%(count)d 行") % {"sheet": sheet, "count": count})
        self.stdout.write(str(options["out"]))

    def _export(self, tenant: Tenant, out: Path) -> dict[str, int]:
        """Nothing is noted of an export whose file could not be written."""
        try:
            with tenant_context(tenant.pk):
                content, counts = export_city(by=User.objects.system(tenant))
                _write(out, content)
        except UnknownKey as unknown:
            sentence = _("身份证号是用另一把密钥加密的，请核对 IDENTITY_KEY。")
            raise CommandError(sentence, returncode=FAILED) from unknown
        except TooManyRows as refused:
            sentence = _("“%(sheet)s”的行数超过一张工作表的上限。") % {"sheet": refused}
            raise CommandError(sentence, returncode=FAILED) from refused
        except OSError as refused:
            sentence = _("不能写文件 %(file)s。") % {"file": out}
            raise CommandError(sentence, returncode=USAGE) from refused
        return counts


def _write(out: Path, content: bytes) -> None:
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FOR_THE_OWNER)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
