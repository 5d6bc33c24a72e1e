"""Accounts to try the demonstration with: one a role in each place, with random passwords."""

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import get_hasher
from django.utils import timezone

from config.demo.places import Place
from stations.models import Station
from tenancy.actions.appointments import Office, appoint
from tenancy.actions.people import random_password
from tenancy.models import Area, Tenant, User
from tenancy.permissions import Role

HEAD = ("tenant", "role", "username", "password")
ROOT, DISTRICT, STREET, COMMUNITY, STATION = "root", "district", "street", "community", "station"
OFFICES = (
    (Role.CITY_AUTHORITY, "shi", ROOT),
    (Role.CITY_FINANCE, "caizheng", ROOT),
    (Role.DISTRICT_AUTHORITY, "qu", DISTRICT),
    (Role.DISTRICT_FINANCE, "qucaizheng", DISTRICT),
    (Role.STREET_OFFICE, "jie", STREET),
    (Role.COMMUNITY_COMMITTEE, "juwei", COMMUNITY),
    (Role.OPERATOR, "jigou", STATION),
    (Role.STATION_HEAD, "zhan", STATION),
    (Role.WORKER, "shegong", STATION),
    (Role.SUPERVISION_CENTRE, "zhongxin", ROOT),
    (Role.SUPERVISOR, "dudao", STATION),
    (Role.EVALUATOR, "pinggu", DISTRICT),
    (Role.SYSTEM_ADMIN, "admin", ROOT),
    (Role.SECURITY_ADMIN, "anquan", ROOT),
    (Role.AUDIT_ADMIN, "shenji", ROOT),
)


@dataclass(frozen=True)
class Account:
    tenant: str
    role: str
    username: str
    password: str


def open_accounts(place: Place, tenant: Tenant) -> Iterator[Account]:
    """Create and appoint the people of one place; needs its stations."""
    spots = _spots(place)
    operator = spots[STATION].stations.get().operator
    for role, name, spot in OFFICES:
        employer = operator if role is Role.OPERATOR else None
        yield _open(tenant, name, Office(role, spots[spot], timezone.localdate(), None, employer))
    for name, code in place.authorities_below.items():
        area = Area.objects.get(code=code, valid_to=None)
        yield _open(tenant, name, Office(Role.CITY_AUTHORITY, area, timezone.localdate()))


def _spots(place: Place) -> dict[str, Area]:
    current = Area.objects.filter(valid_to=None)
    station = Station.objects.filter(area__parent__code=place.street).order_by("code")[0]
    return {
        ROOT: current.get(parent=None),
        DISTRICT: current.get(code=place.district),
        STREET: current.get(code=place.street),
        COMMUNITY: current.get(code=place.community),
        STATION: station.area,
    }


def _open(tenant: Tenant, name: str, office: Office) -> Account:
    account = Account(tenant.slug, office.role, f"{name}.{tenant.slug}", random_password())
    user = User.objects.create(
        tenant=tenant,
        username=account.username,
        name=_called(office.area.name, tenant.role_label(office.role, office.area.level)),
        password=quickly_hashed(account.password),
    )
    appoint(user=user, office=office, by=User.objects.system(tenant))
    return account


def _called(place: str, role: str) -> str:
    """海珠区 and 区民政局 make 海珠区民政局."""
    return f"{place}{role.removeprefix(place[-1])}"[:60]


def quickly_hashed(password: str) -> str:
    """A cheap hash: nobody guesses sixteen random letters, and dozens of dear ones take long.

    Django replaces it by one of full cost when the person first signs in.
    """
    hasher = type(get_hasher())()
    hasher.time_cost, hasher.memory_cost, hasher.parallelism = 1, 1024, 1  # type: ignore[attr-defined]
    return hasher.encode(password, hasher.salt())


def write_accounts(accounts: Iterable[Account], file: Path) -> None:
    """The list for the person at the machine, and for nobody else."""
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows((a.tenant, a.role, a.username, a.password) for a in accounts)
