"""Write an empty workbook to fill in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from jobs import ledgers
from jobs.imports.template import write_template

USAGE = 2


class Command(BaseCommand):
    help = "导出空白的台账模板。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("template", choices=["city"], help="city：城市台账")
        parser.add_argument("--out", type=Path, required=True, help="写到哪个文件")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            write_template(options["out"], list(ledgers.registered().values()))
        except FileCreateError as refused:
            sentence = _("不能写文件 %(file)s。") % {"file": options["out"]}
            raise CommandError(sentence, returncode=USAGE) from refused
        self.stdout.write(str(options["out"]))
