"""Builds an area's compliance report and copies one of its files."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from compliance import actions
from compliance.management.places import add_place_arguments, place_of
from compliance.refusals import refused_plainly
from tenancy.context import tenant_context
from tenancy.models import Tenant, User
from tenancy.periods import Period, UnknownPeriod, parse_period

FORMS = {".pdf": actions.content_of, ".xlsx": actions.workbook_of}


class Command(BaseCommand):
    help = "生成一个区划在一个周期的合规报告（PDF 或 XLSX），存入档案并写到文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        add_place_arguments(parser)
        parser.add_argument(
            "--period", required=True, type=_period, help="2026、2026-H1、2026-Q3 或 2026-10"
        )
        parser.add_argument("--out", required=True, type=_file, metavar="FILE.pdf|FILE.xlsx")

    def handle(
        self, *_args: Any, tenant: Tenant, period: Period, out: Path, **options: Any
    ) -> None:
        with tenant_context(tenant.pk), refused_plainly(CommandError):
            on = min(period.last, timezone.localdate())
            area = place_of(options["area"], options["level"], on)
            by = User.objects.system(tenant)
            report = actions.build_report(area=area, period=period, by=by)
            content = FORMS[out.suffix.lower()](report)
        try:
            out.write_bytes(content)
        except OSError as error:
            raise CommandError(f"写不到 {out}：{error.strerror}。请检查路径和权限。") from error
        self.stdout.write(f"{out}：第 {report.number} 版，校验码 {report.check_code}")


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except UnknownPeriod as error:
        raise ArgumentTypeError(
            f"不认识周期 {text}。写成 2026、2026-H1、2026-Q3 或 2026-10。"
        ) from error


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in FORMS:
        raise ArgumentTypeError("--out 的文件名以 .pdf 或 .xlsx 结尾。")
    return path
