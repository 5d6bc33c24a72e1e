"""What lies around an area: the way down to it, and the areas just below it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from compliance.shares import Share
from compliance.summary import Summary
from dashboard.days import Day
from dashboard.standings import status_of
from dashboard.words import standing
from tenancy.areas.lookup import Place
from tenancy.columns import Column
from tenancy.formats import NO_DATA, num
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tenancy.templatetags.look import status_word


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


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area among others, with its newest figures; without a run there are none.

    The cells are texts already: a table of them is most of a page's work.
    """

    area: Area
    url: str
    level: str
    people: Share | None
    coverage_count: str = NO_DATA
    certified_count: str = NO_DATA
    missing: str = NO_DATA
    coverage_word: str = NO_DATA
    certified_word: str = NO_DATA
    standing: str = NO_DATA


def area_rows(
    user: User, areas: Iterable[Area], figures: dict[int, Summary], day: Day | None = None
) -> list[AreaRow]:
    """The areas beside their figures, in their order; their links keep the day."""
    tenant = user.tenant
    label = cache(lambda level: tenant.level_label(level) if tenant else "")
    word = cache(_word)  # many rows, few levels and statuses
    return [
        _row(area, _address(area, day), label(area.level), figures.get(area.pk), word)
        for area in areas
    ]


def _address(area: Area, day: Day | None) -> str:
    url = area.get_absolute_url()
    return day.keep(url) if day else url


def _row(
    area: Area, url: str, level: str, figures: Summary | None, word: Callable[[str], str]
) -> AreaRow:
    if figures is None:
        return AreaRow(area, url, level, None, standing=word("no_data"))
    return AreaRow(
        area,
        url,
        level,
        people=figures.certified if figures.certified.den else None,
        coverage_count=_count(figures.coverage),
        certified_count=_count(figures.certified),
        missing=num(figures.people_missing),
        coverage_word=word(figures.coverage_status),
        certified_word=word(figures.certified_status),
        standing=word(status_of(figures)),
    )


def _count(share: Share) -> str:
    return f"{num(share.num)}/{num(share.den)}" if share.den else NO_DATA


def _word(status: str) -> str:
    found = standing(status)
    return status_word(found.status, found.word) if found else NO_DATA


def area_columns() -> list[Column]:
    """The heads of a table of areas."""
    return [
        Column(_("区划")),
        Column(_("级别"), wide=True),
        Column(_("代码"), wide=True),
        Column(_("镇街覆盖"), unit=_("个"), number=True),
        Column(_("持证/在岗"), unit=_("人"), number=True),
        Column(_("持证比例"), number=True),
        Column(_("还差"), unit=_("人"), number=True),
        Column(_("覆盖")),
        Column(_("持证")),
        Column(_("总体")),
    ]
