"""A city's tree and the whole country's, loaded as the command loads them."""

from pathlib import Path
from time import perf_counter

from bench.figures import Figure
from bench.place import AREAS
from tenancy.actions.tenants import create_tenant
from tenancy.areas.listing import read, subtree
from tenancy.areas.loading import load_areas
from tenancy.context import tenant_context
from tenancy.models import Tenant, User

NATIONAL = AREAS / "national-to-street.csv"


def plant(slug: str, root: str, *more: Path) -> tuple[Tenant, float]:
    """A tenant with its tree, and how many seconds the load took."""
    tenant = create_tenant(slug=slug, name=slug, pack="guangzhou-2023", labels={})
    start = perf_counter()
    with tenant_context(tenant.pk):
        listed = subtree(read([NATIONAL, *more]), root)
        load_areas(listed=listed, by=User.objects.system(tenant))
    return tenant, perf_counter() - start


def measure() -> tuple[Tenant, Tenant, list[Figure]]:
    """The two trees and the figure of the large load."""
    city, _ = plant("city", "440100000000", AREAS / "communities-guangzhou.csv")
    nation, seconds = plant("nation", "0" * 12)
    figure = Figure("load the country, 44,703 rows", f"{seconds:.1f} s", "60 s")
    return city, nation, [figure]
