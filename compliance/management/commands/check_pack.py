"""Checks the file of a rule pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance.packs import check_pack, read_pack


class Command(BaseCommand):
    help = "检查规则包文件，指出每一处错误的行号和改法。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="规则包文件（.toml）")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            mistakes = check_pack(file)
        except OSError as error:
            raise CommandError(f"读不到文件 {file}：{error.strerror}。", returncode=2) from error
        for mistake in mistakes:
            self.stdout.write(f"第 {mistake.line} 行：{mistake.message}改法：{mistake.remedy}")
        if mistakes:
            raise CommandError(f"共 {len(mistakes)} 处错误。")
        self._praise(file)

    def _praise(self, file: Path) -> None:
        pack = read_pack(file)
        self.stdout.write(
            f"规则包 {pack.id}（版本 {pack.version}）没有错误："
            f"{len(pack.clauses)} 条条款，{len(pack.own_bindings)} 条规则，"
            f"引用 {len(pack.includes)} 个规则包。"
        )
