"""`manage.py load_demo`: four places to look around in, once."""

from argparse import ArgumentParser
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo.loading import evaluate, load
from config.demo.places import PLACES
from tenancy.models import Tenant

SEED = 2023


class Command(BaseCommand):
    help = "载入演示数据：广州、邯郸、青浦、贵州四个租户，虚构的站点和人员，每个角色一个账号。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有租户时不做任何事")
        parser.add_argument("--seed", type=int, default=SEED, help="虚构数据的种子")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Tenant.objects.exists():
            return
        _refuse_outside_a_demo()
        taken = Tenant.objects.filter(slug__in=[place.slug for place in PLACES])
        if taken.exists():
            raise CommandError("演示租户已存在。要重新载入，请换一个空的数据库。")
        load(options["seed"])
        evaluate()
        self.stdout.write(f"已载入演示数据，账号在 {settings.VAR_DIR / 'demo-accounts.txt'}。")


def _refuse_outside_a_demo() -> None:
    """Accounts whose passwords lie in a file must not be reachable from elsewhere."""
    if not settings.DEMO:
        raise CommandError("这里不是演示环境。请用 make run，或设 DEMO=1 后再载入。")
    reachable = [host for host in settings.ALLOWED_HOSTS if not _is_loopback(host)]
    if reachable:
        raise CommandError(
            f"演示数据只能载入只在本机访问的系统，而 ALLOWED_HOSTS 中有 {'、'.join(reachable)}。"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
