"""A real city with its one published contract, and officials who sign in."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

import config.demo
from config.demo import fengyang
from tenancy.actions import people
from tenancy.context import tenant_context
from tenancy.models import Area, User
from tests.factories import UserFactory

LISTS = Path(config.demo.__file__).parent / "areas"
CITY, DISTRICT, STREET = "440100000000", "440105000000", fengyang.STREET
PASSWORD = "一个足够长的口令-2026"


def load_guangzhou(tenant, folder):
    """The city's real tree down to the streets, the communities of one, and its contract."""
    towns = part("national-to-street.csv", folder, "440000", "4401")
    communities = part("communities-guangzhou.csv", folder, STREET.rstrip("0"))
    command("load_areas", towns, tenant=tenant.slug, root=CITY, communities=communities)
    with tenant_context(tenant.pk):
        official("guangzhou", "city_authority", CITY)
        official("haizhu", "district_authority", DISTRICT)
    book = fengyang.write(folder / "fengyang.xlsx")
    command("import_city", book, tenant=tenant.slug, **{"as": "guangzhou"})


def part(name, folder, *codes):
    """A list of areas with the rows whose codes begin so: reading the whole country takes long."""
    head, *rows = (LISTS / name).read_text().splitlines(keepends=True)
    (folder / name).write_text("".join([head, *(row for row in rows if row.startswith(codes))]))
    return folder / name


def official(username, role, code):
    user = UserFactory(username=username, role=role, area=Area.objects.get(code=code))
    people.change_password(user=User.objects.get(pk=user.pk), password=PASSWORD)


def command(name, *words, **options):
    """As typed, so that the command reads its own words."""
    typed = [part for key, value in options.items() for part in (f"--{key}", str(value))]
    call_command(name, *map(str, words), *typed, stdout=StringIO(), stderr=StringIO())


def evaluate(tenant, on):
    command("evaluate", tenant=tenant.slug, area=CITY, on=on)


def sign_in(page, username, password=PASSWORD):
    page.goto("/login/")
    enter(page, username, password)


def enter(page, username, password=PASSWORD):
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("main").get_by_role("button", name="登录").click()
