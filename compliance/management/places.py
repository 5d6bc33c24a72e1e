"""Where a command works: `--tenant SLUG --area CODE [--level LEVEL]`."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError, CommandParser

from tenancy.models import Area, Tenant

LEVELS = [level.value for level in Area.Level if level is not Area.Level.COMMUNITY]


def add_place_arguments(parser: CommandParser) -> None:
    """The arguments that name a tenant and an area of it."""
    parser.add_argument("--tenant", required=True, type=_tenant, metavar="SLUG", help="租户标识")
    parser.add_argument("--area", required=True, metavar="CODE", help="区划代码或站点编码")
    parser.add_argument("--level", choices=LEVELS, help="同一代码有两级时写明；不写时取较高一级")


def _tenant(slug: str) -> Tenant:
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise ArgumentTypeError(f"没有租户 {slug}。请检查 --tenant。")
    return tenant


def place_of(code: str, level: str | None, on: date) -> Area:
    """The area with the code on the day; of two, the higher."""
    levels = [level] if level else LEVELS
    known = Area.objects.filter(code=code, level__in=levels)
    if not known.exists():
        raise CommandError(f"没有代码为 {code} 的区划。请检查 --area 和 --level。", returncode=2)
    found = {area.level: area for area in known.in_force(on)}
    area: Area | None = next((found[one] for one in levels if one in found), None)
    if area is None:
        raise CommandError(f"代码为 {code} 的区划在 {on} 不是有效的区划。请换一个日期。")
    return area
