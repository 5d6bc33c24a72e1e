import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.doctor import FAIL, examine


class Command(BaseCommand):
    """One line a check: OK, WARN or FAIL, and the remedy. Exit 1 where something fails."""

    help = "检查数据库、角色、行级安全、消息队列、后台进程、字体、PDF 组件和磁盘。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for result in examine():
            self.stdout.write(str(result))
            failed = failed or result.level == FAIL
        if failed:
            sys.exit(1)
