"""Loading the demonstration: areas from the lists, everything else through the city workbook."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from compliance import actions
from config.demo import fengyang
from config.demo.accounts import Account, open_accounts, write_accounts
from config.demo.generated import Generator, Street
from config.demo.places import PLACES, Place
from config.demo.records import write_records
from config.demo.supervision import write_supervision
from jobs.imports import Outcome, apply
from tenancy.actions.areas import change_area
from tenancy.actions.tenants import create_tenant
from tenancy.areas import listing
from tenancy.areas.loading import load_areas
from tenancy.context import tenant_context
from tenancy.models import Area, Organisation, Tenant, User

LISTS = Path(__file__).parent / "areas"
NATIONAL = "national-to-street.csv"


class NotImported(Exception):
    """A workbook of the demonstration does not pass the import."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("\n".join(str(fault) for fault in outcome.errors))


@transaction.atomic
def load(seed: int) -> None:
    """All places or none, and the list of accounts."""
    national = listing.read([LISTS / NATIONAL])
    accounts: list[Account] = []
    for place in PLACES:
        labels = dict(place.labels)
        tenant = create_tenant(slug=place.slug, name=place.name, pack=place.pack, labels=labels)
        with tenant_context(tenant.pk):
            _load_areas(place, national, User.objects.system(tenant))
            _load_ledgers(place, seed, User.objects.system(tenant))
            accounts += open_accounts(place, tenant)
            if place.files_records:
                write_records(tenant, place.district, seed, timezone.localdate())
    write_accounts(accounts, settings.VAR_DIR / "demo-accounts.txt")


def evaluate() -> None:
    """A first run of each place, so that the pages have something to say.

    Apart from loading: the planner knows the new rows only once they are committed.
    """
    for tenant in Tenant.objects.filter(slug__in=[place.slug for place in PLACES]):
        with tenant_context(tenant.pk):
            today, system = timezone.localdate(), User.objects.system(tenant)
            actions.evaluate(area=tenant.root(), on=today, by=system)


def _load_areas(place: Place, national: list[listing.Listed], by: User) -> None:
    """Streets everywhere, communities only where stations are: 13,000 names cost seconds."""
    towns = [row for row in national if row.code.startswith(place.root.rstrip("0"))]
    served = tuple(code.rstrip("0") for code in place.stations)
    communities = listing.read([LISTS / place.communities])
    served_ones = [row for row in communities if row.code.startswith(served)]
    load_areas(listed=listing.subtree([*towns, *served_ones], place.root), by=by)
    changes: dict[str, dict[str, object]] = {
        code: {"counts_for_coverage": True} for code in place.counted
    }
    changes |= {code: {"aliases": [alias]} for code, alias in place.aliases.items()}
    for area in Area.objects.filter(code__in=changes, level=Area.Level.STREET):
        change_area(area=area, seen=area.version, changes=changes[area.code], by=by)


def _load_ledgers(place: Place, seed: int, by: User) -> None:
    folder = settings.VAR_DIR / "demo"
    streets = list(_streets(place, Random(f"{seed}/{place.slug}/streets")))
    _enter_offices(place, [street.code for street in streets])
    today = timezone.localdate()
    generator = Generator(place.name, seed, today)
    book = generator.fill(streets)
    own = [fengyang.STATION] if place.street == fengyang.STREET else []
    write_supervision(book, place.supervision, generator.stations, own, today)
    if place.street == fengyang.STREET:
        _import(fengyang.write(folder / "fengyang.xlsx"), by)
        fengyang.renew(book, today)
    _import(book.write(folder / f"{place.slug}.xlsx"), by)


def _import(file: Path, by: User) -> None:
    outcome = apply(file, by)
    if not outcome.applied:
        raise NotImported(outcome)


def _streets(place: Place, random: Random) -> Iterator[Street]:
    """The streets that get a station: the accounts' own first, the others as the seed draws."""
    for parent, count in place.stations.items():
        found = Area.objects.counted().filter(parent__code=parent).exclude(code=fengyang.STREET)
        own = [area for area in found if area.code == place.street]
        others = [area for area in found.order_by("code") if area.code != place.street]
        for area in [*own, *random.sample(others, count - len(own))]:
            yield _street(area)


def _street(area: Area) -> Street:
    communities = Area.objects.filter(level=Area.Level.COMMUNITY).order_by("code")
    own = communities.filter(parent=area).values_list("code", flat=True)
    foreign = communities.filter(parent__parent=area.parent_id).exclude(parent=area)
    return Street(area.code, area.name, list(own), foreign.values_list("code", flat=True)[0])


def _enter_offices(place: Place, streets: list[str]) -> None:
    """The street offices that employ people themselves."""
    Organisation.objects.bulk_create(
        Organisation(name=f"{area.name}办事处", kind=Organisation.Kind.STREET_GOVERNMENT, area=area)
        for area in Area.objects.filter(code__in=streets, level=Area.Level.STREET)
    )
