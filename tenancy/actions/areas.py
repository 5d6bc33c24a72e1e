"""The tree kept true: names corrected, areas moved, recoded and merged on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy import audit, versions
from tenancy.areas.loading import sort_name
from tenancy.areas.news import areas_replaced
from tenancy.areas.succession import carry_people, follow_with
from tenancy.models import Area, User

CHANGEABLE = frozenset({"name", "aliases", "counts_for_coverage"})
LEVELS = Area.Level.values


class Refused(Exception):
    """A change of the tree that may not be made; `str()` says why, `field` where."""

    field: str | None = None


class WrongDay(Refused):
    """The day lies ahead, or before an area that would be replaced began."""

    field = "on"


class WrongPlace(Refused):
    """The new parent, or the area to merge into, cannot hold this area."""

    field = "place"


class CodeTaken(Refused):
    """Another area in force has this code on this level."""

    field = "code"


@dataclass(frozen=True)
class Renewal:
    """What a replaced area becomes."""

    name: str
    code: str
    parent: Area


@transaction.atomic
def change_area(*, area: Area, seen: int, changes: Mapping[str, object], by: User) -> None:
    """Correct name, aliases or whether a street counts. Raises `versions.Stale`."""
    values = {name: value for name, value in changes.items() if name in CHANGEABLE}
    if "name" in values:
        values["sort_name"] = sort_name(str(values["name"]))
    if "aliases" in values:
        values["alias_text"] = "\n".join(values["aliases"])  # type: ignore[arg-type]
    versions.save(area, seen=seen, changes=values)
    detail = {"fields": sorted(changes)}
    audit.record(verb="change-area", by=by, target=area, place=area.path, detail=detail)


@transaction.atomic
def replace_area(*, area: Area, renewal: Renewal, on: date, by: User) -> Area:
    """From the day on, the area bears another name or code, or lies under another parent.

    The row is closed on the day before and a successor opened; all below it goes along.
    Raises a kind of `Refused`.
    """
    closing = _closing(area, on)
    _refuse_parent(area, renewal.parent)
    rivals = Area.objects.filter(code=renewal.code, level=area.level, valid_to=None)
    if rivals.exclude(pk=area.pk).exists():
        raise CodeTaken(_("这个代码已被同级的另一个区划使用，请核对代码。"))
    successors = follow_with(
        closing, renewal.parent, on, top={"name": renewal.name, "code": renewal.code}
    )
    return _report("replace-area", area, successors, on, by)


@transaction.atomic
def merge_area(*, area: Area, into: Area, on: date, by: User) -> Area:
    """From the day on, the area is part of another of its level, and all below it goes there.

    Raises a kind of `Refused`.
    """
    closing = _closing(area, on)
    if into.level != area.level or into.pk == area.pk or into.valid_to is not None:
        raise WrongPlace(_("只能并入另一个同级的现行区划。"))
    successors = follow_with(closing, into, on, top=None)
    return _report("merge-area", area, successors, on, by)


def _closing(area: Area, on: date) -> list[Area]:
    """The rows in force at and below the area, locked, parents first."""
    if area.parent_id is None:
        raise WrongPlace(_("最上级区划不能移动或撤并。"))
    if on > timezone.localdate():
        raise WrongDay(_("生效日期不能晚于今天，请在当天或之后办理。"))
    below = Area.objects.below(area.path).filter(valid_to=None).exclude(level=Area.Level.STATION)
    rows = [*below.select_for_update().order_by("path")]
    if not rows or rows[0].pk != area.pk:
        raise WrongPlace(_("这个区划已停用，不能再移动或撤并。"))
    if any(row.valid_from and row.valid_from >= on for row in rows):
        raise WrongDay(_("生效日期必须晚于这个区划及其下级的启用日期。"))
    return rows


def _refuse_parent(area: Area, parent: Area) -> None:
    if parent.path.startswith(area.path) or parent.valid_to is not None:
        raise WrongPlace(_("上级必须是现行区划，且不在这个区划之内。"))
    if LEVELS.index(parent.level) >= LEVELS.index(area.level):
        raise WrongPlace(_("上级的级别必须高于这个区划。"))


def _report(verb: str, area: Area, successors: dict[int, Area], on: date, by: User) -> Area:
    carry_people(successors, by)
    areas_replaced.send(Area, successors=successors, on=on, by=by)
    successor = successors[area.pk]
    detail = {"on": str(on), "successor": successor.pk, "rows": len(successors)}
    audit.record(verb=verb, by=by, target=area, place=area.path, detail=detail)
    return successor
