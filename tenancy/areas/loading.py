"""Bring the tenant's tree into line with an official list."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from tenancy import audit
from tenancy.areas.listing import Placed
from tenancy.context import current_tenant_id
from tenancy.models import Area, User
from tenancy.statistics import refresh_after_commit

BATCH = 2000


@dataclass
class Loaded:
    """What a load did: counts, and the areas in force that the list does not name."""

    new: int = 0
    changed: int = 0
    same: int = 0
    missing: list[Area] = field(default_factory=list)


class AnotherRoot(Exception):
    """The tenant's tree hangs from another root than the list's."""


def sort_name(name: str) -> str:
    """A key that sorts Chinese names by sound in every PostgreSQL, with ICU or without."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3))[:200]


@transaction.atomic
def load_areas(*, listed: list[Placed], by: User) -> Loaded:
    """Add new areas, rename renamed ones, report the missing; never deletes, never moves."""
    existing = {(area.code, area.level): area for area in _in_force()}
    _refuse_another_root(listed, existing)
    loaded = Loaded()
    changed = [
        existing[p.row.key] for p in listed if p.row.key in existing and _renamed(p, existing)
    ]
    Area.objects.bulk_update(changed, ["name", "sort_name", "version"], batch_size=BATCH)
    fresh = [placed for placed in listed if placed.row.key not in existing]
    for _depth, rows in groupby(fresh, key=lambda placed: placed.row.depth):
        _create([*rows], existing)
    loaded.new, loaded.changed = len(fresh), len(changed)
    loaded.same = len(listed) - loaded.new - loaded.changed
    loaded.missing = _not_named(listed)
    audit.record(verb="load-areas", by=by, detail={"new": loaded.new, "changed": loaded.changed})
    refresh_after_commit(loaded.new)
    return loaded


def _in_force() -> list[Area]:
    return list(Area.objects.filter(valid_to=None).exclude(level=Area.Level.STATION))


def _refuse_another_root(listed: list[Placed], existing: dict[tuple[str, str], Area]) -> None:
    root = next((area for area in existing.values() if area.parent_id is None), None)
    if root and (root.code, root.level) != listed[0].row.key:
        raise AnotherRoot(root.name)


def _renamed(placed: Placed, existing: dict[tuple[str, str], Area]) -> bool:
    area = existing[placed.row.key]
    if area.name == placed.row.name:
        return False
    area.name, area.sort_name = placed.row.name, sort_name(placed.row.name)
    area.version += 1
    return True


def _create(rows: list[Placed], existing: dict[tuple[str, str], Area]) -> None:
    taken = set(
        Area.objects.filter(code__in=[p.row.code for p in rows]).values_list("path", flat=True)
    )
    fresh = [_area(placed, existing, taken) for placed in rows]
    Area.objects.bulk_create(fresh, batch_size=BATCH)
    existing.update({(area.code, area.level): area for area in fresh})


def _area(placed: Placed, existing: dict[tuple[str, str], Area], taken: set[str]) -> Area:
    row = placed.row
    parent = existing[placed.parent] if placed.parent else None
    return Area(
        # Named, not left to the database: an expression in each of 40,000 rows costs seconds.
        tenant_id=current_tenant_id(),
        parent=parent,
        level=row.level,
        code=row.code,
        name=row.name,
        sort_name=sort_name(row.name),
        path=free_path(parent, row.code, taken),
        counts_for_coverage=row.counts_for_coverage,
    )


def free_path(parent: Area | None, slug: str, taken: set[str]) -> str:
    """The node's path: the parent's and a slug that no closed area has used."""
    above = parent.path if parent else ""
    path, turn = f"{above}{slug}/", 1
    while path in taken:
        turn += 1
        path = f"{above}{slug}-{turn}/"
    return path


def _not_named(listed: list[Placed]) -> list[Area]:
    named = {placed.row.key for placed in listed}
    levels = {placed.row.level for placed in listed}
    return [
        area
        for area in _in_force()
        if area.level in levels and (area.code, area.level) not in named
    ]
