"""What lies around an area: the way down to it, and the areas just below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from compliance.summary import Summary
from dashboard.words import Standing, standing
from tenancy.areas.lookup import Place
from tenancy.models import Area, User
from tenancy.permissions import Permission


@dataclass(frozen=True)
class Surroundings:
    """The steps from the tenant's root to the area, and its children by code."""

    places: list[Place]
    children: list[Area]


def surroundings(user: User, area: Area, on: date) -> Surroundings:
    """Read both at once. The names above one's own place are known to everybody in the tenant."""
    below = Area.objects.filter(parent=area).in_force(on).exclude(level=Area.Level.STATION)
    rows = list((Area.objects.ancestors_of(area.path) | below).order_by("path"))
    seen = user.paths_where(Permission.VIEW_AREA)
    steps = [row for row in rows if area.path.startswith(row.path)]
    children = [row for row in rows if row.parent_id == area.pk]
    return Surroundings(
        places=[_place(step, seen) for step in steps],
        children=sorted(children, key=lambda child: child.code),
    )


def _place(step: Area, seen: tuple[str, ...]) -> Place:
    inside = any(step.path.startswith(path) for path in seen)
    return Place(step.name, step.get_absolute_url() if inside else "")


@dataclass(frozen=True)
class AreaRow:
    """An area among others, with its newest figures; without a run there are none."""

    area: Area
    level: str
    figures: Summary | None

    @property
    def coverage(self) -> Standing | None:
        return standing(self.figures.coverage_status) if self.figures else None

    @property
    def certified(self) -> Standing | None:
        return standing(self.figures.certified_status) if self.figures else None


def area_rows(user: User, areas: Iterable[Area], figures: dict[int, Summary]) -> list[AreaRow]:
    """The areas beside their figures, in their order."""
    tenant = user.tenant
    return [
        AreaRow(area, tenant.level_label(area.level) if tenant else "", figures.get(area.pk))
        for area in areas
    ]


def area_columns() -> list[dict[str, object]]:
    """The heads of a table of areas."""
    return [
        {"label": _("区划")},
        {"label": _("级别"), "wide": True},
        {"label": _("代码"), "wide": True},
        {"label": _("镇街覆盖"), "unit": _("个"), "number": True},
        {"label": _("持证/在岗"), "unit": _("人"), "number": True},
        {"label": _("持证比例"), "number": True},
        {"label": _("还差"), "unit": _("人"), "number": True},
        {"label": _("覆盖")},
        {"label": _("持证")},
    ]
